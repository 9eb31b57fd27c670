import type { StudioClient } from '@shared/api/contract';
import type { SplitState } from '@shared/api/splits-api';
import type { LeakWorth } from '@shared/domain/leak-worth';
import { createStore } from 'zustand/vanilla';
import { coalesce } from './coalesce';

export interface SplitsState {
  /** Absent until the project's first answer. */
  state?: SplitState;
  /** What a leak would be worth, when it was measured. */
  worth?: LeakWorth;
  refresh(): Promise<void>;
  reset(): void;
}

/** How photos are dealt to the splits, and what stands in the way of an honest test. */
export function createSplitsStore(client: StudioClient) {
  return createStore<SplitsState>()((set) => ({
    refresh: coalesce(async () => {
      const [state, { worth }] = await Promise.all([
        client.call('splits.state', {}),
        client.call('leak.worth', {}),
      ]);
      set({ state, worth });
    }, 300),
    reset: () => set({ state: undefined, worth: undefined }),
  }));
}
