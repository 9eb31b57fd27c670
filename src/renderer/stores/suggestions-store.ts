import type { StudioClient } from '@shared/api/contract';
import type { SuggestionsState } from '@shared/api/suggestions-api';
import type { PhotoFilter } from '@shared/domain/photo-filter';
import { createStore } from 'zustand/vanilla';
import { coalesce } from './coalesce';

export interface SuggestionsStoreState {
  /** Absent until the project's first answer. */
  state?: Omit<SuggestionsState, 'counts' | 'answered'>;
  /** What accepting would label now; absent while that is asked. */
  acceptable?: { threshold: number; photos: number };
  refresh(): Promise<void>;
  reset(): void;
}

/** What would be accepted: of the photos that are listed, those at this probability or above. */
export interface Acceptance {
  filter: PhotoFilter;
  threshold: number;
}

export function createSuggestionsStore(client: StudioClient, acceptance: () => Acceptance) {
  /** Answers to questions asked before another project was opened are dropped. */
  let generation = 0;
  return createStore<SuggestionsStoreState>()((set) => ({
    refresh: coalesce(async () => {
      const asked = generation;
      const { filter, threshold } = acceptance();
      const question = { filter, thresholds: [threshold] };
      const { source, computing, problem, counts } = await client.call(
        'suggestions.state',
        question,
      );
      if (asked === generation)
        set({ state: { source, computing, problem }, acceptable: counts[0] });
    }, 250),
    reset() {
      generation += 1;
      set({ state: undefined, acceptable: undefined });
    },
  }));
}
