import { useMemo } from 'react';
import { useStudioStore } from '../../stores/use-studio';
import { type Categories, categorize } from './categories';

const noLabels: readonly never[] = [];

/** The categories of the points by what the map is colored by; undefined while it loads. */
export function useCategories(): Categories | undefined {
  const coloring = useStudioStore('map', (state) => state.coloring);
  const facts = useStudioStore('map', (state) => state.facts);
  const scheme = useStudioStore('view', (view) => view.colorScheme);
  const labels = useStudioStore('dataset', ({ summary }) => summary?.labels ?? noLabels);
  return useMemo(
    () => facts && categorize(coloring, facts, labels, scheme),
    [coloring, facts, labels, scheme],
  );
}
