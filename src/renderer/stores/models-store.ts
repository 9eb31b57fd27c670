import type { StudioClient } from '@shared/api/contract';
import type { Model } from '@shared/domain/model';
import { createStore } from 'zustand/vanilla';
import { coalesce } from './coalesce';

export interface ModelsState {
  /** Newest first; absent until the project's first answer. */
  models?: readonly Model[];
  refresh(): Promise<void>;
  reset(): void;
}

export function createModelsStore(client: StudioClient) {
  return createStore<ModelsState>()((set) => ({
    refresh: coalesce(async () => {
      const { models } = await client.call('models.list', {});
      set({ models });
    }),
    reset: () => set({ models: undefined }),
  }));
}
