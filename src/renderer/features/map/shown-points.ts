import type { PhotoId } from '@shared/domain/photo';
import type { MapStoreState } from '../../stores/map-store';
import { toMap, wholeMap } from './camera';
import type { IsShown } from './pick-points';
import { pointsInPolygon } from './pick-points';

type Seen = Pick<MapStoreState, 'points' | 'facts' | 'coloring' | 'highlight' | 'camera' | 'size'>;

/** Points that are not hidden and, while a category stands out, belong to it. */
export function isShownIn({ facts, coloring, highlight }: Seen): IsShown {
  if (!facts) return () => false;
  const { hidden } = facts;
  if (highlight === undefined) return (index) => hidden[index] === 0;
  const keys = {
    label: facts.labels,
    split: facts.splits,
    suggestion: facts.suggestions,
    agreement: facts.agreements,
  }[coloring];
  return (index) => hidden[index] === 0 && keys[index] === highlight;
}

/** Photos inside an outline in pixels of the canvas, x, y by turns. */
export function photosInside(state: Seen, outline: readonly number[]): PhotoId[] {
  const { points, camera, size } = state;
  if (!points) return [];
  const polygon: number[] = [];
  for (let i = 0; i < outline.length; i += 2) {
    const { x, y } = toMap(camera ?? wholeMap(size), size, outline[i] ?? 0, outline[i + 1] ?? 0);
    polygon.push(x, y);
  }
  const inside = pointsInPolygon(points.positions, polygon, isShownIn(state));
  return inside.map((index) => points.photoIds[index] ?? 0);
}

/** Photos that are on the screen now. */
export function photosOnScreen(state: Seen): PhotoId[] {
  const { width, height } = state.size;
  return photosInside(state, [0, 0, width, 0, width, height, 0, height]);
}
