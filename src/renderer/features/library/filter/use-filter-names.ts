import type { FilterNames } from '@shared/domain/filter-line/conditions';
import { useMemo } from 'react';
import { useCall } from '../../../stores/use-call';
import { useStudioStore } from '../../../stores/use-studio';

const none: readonly never[] = [];

/** Names for a filter's line; those of imports only when they are asked for. */
export function useFilterNames(withImports: boolean): FilterNames {
  const summary = useStudioStore('dataset', (state) => state.summary);
  const { value } = useCall('dataset.filterChoices', withImports ? {} : undefined, summary?.total);
  const labels = summary?.labels ?? none;
  const imports = value?.imports ?? none;
  return useMemo(() => ({ labels, imports }), [labels, imports]);
}
