import type { LabelWithCounts } from '@shared/domain/label';
import { useMemo } from 'react';
import { useStudioStore } from '../../stores/use-studio';
import { labelMark, toCss } from './map-palette';

const noLabels: readonly LabelWithCounts[] = [];

/** The labels in the colors of their points, so that one color does not mean two labels here. */
export function useMapLabels(): readonly LabelWithCounts[] {
  const labels = useStudioStore('dataset', ({ summary }) => summary?.labels ?? noLabels);
  const scheme = useStudioStore('view', (view) => view.colorScheme);
  return useMemo(
    () =>
      labels.map((label, place) => {
        const mark = labelMark(place, scheme);
        return mark ? { ...label, color: toCss(mark.color) } : label;
      }),
    [labels, scheme],
  );
}
