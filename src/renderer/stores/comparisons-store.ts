import type { StudioClient } from '@shared/api/contract';
import type { Comparison, ComparisonSummary } from '@shared/domain/comparison';
import { createStore } from 'zustand/vanilla';
import { coalesce } from './coalesce';

export interface ComparisonsState {
  /** Newest first; absent until the project's first answer. */
  comparisons?: readonly ComparisonSummary[];
  /** The newest one in full: the rail states its difference, the Compare place opens with it. */
  latest?: Comparison;
  refresh(): Promise<void>;
  reset(): void;
}

export function createComparisonsStore(client: StudioClient) {
  return createStore<ComparisonsState>()((set, get) => ({
    refresh: coalesce(async () => {
      const { comparisons } = await client.call('evaluation.comparisons', {});
      const newest = comparisons[0];
      const known = get().latest;
      const latest =
        newest && newest.id !== known?.id
          ? await client.call('evaluation.comparison', { comparisonId: newest.id })
          : newest && known;
      set({ comparisons, latest });
    }),
    reset: () => set({ comparisons: undefined, latest: undefined }),
  }));
}
