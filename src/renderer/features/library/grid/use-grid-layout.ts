import { useMemo } from 'react';
import { gridRows, type GridRows } from '../../../stores/grid-rows';
import { useStudioStore } from '../../../stores/use-studio';
import { gridGeometry, type GridGeometry } from './grid-geometry';

export interface GridLayout {
  geometry: GridGeometry;
  rows: GridRows;
}

/** How the listed photos fall into a grid of this width; new only when they fall differently. */
export function useGridLayout(width: number): GridLayout {
  const total = useStudioStore('photos', (state) => state.total ?? 0);
  const groups = useStudioStore('photos', (state) => state.groups);
  const wanted = useStudioStore('view', (view) => view.thumbnailSize);
  const geometry = useMemo(() => gridGeometry(width, wanted, total), [width, wanted, total]);
  const { columns } = geometry;
  const isReady = width > 0;
  const rows = useMemo(
    () => gridRows(isReady ? total : 0, columns, groups),
    [isReady, total, columns, groups],
  );
  return { geometry, rows };
}
