import type { StudioClient } from '@shared/api/contract';
import type { DatasetSummary } from '@shared/api/dataset-api';
import { createStore } from 'zustand/vanilla';
import { coalesce } from './coalesce';

export interface DatasetState {
  /** Absent until the project's first answer. */
  summary?: DatasetSummary;
  refresh(): Promise<void>;
  reset(): void;
}

export function createDatasetStore(client: StudioClient) {
  return createStore<DatasetState>()((set) => ({
    refresh: coalesce(async () => {
      set({ summary: await client.call('dataset.summary', {}) });
    }, 150),
    reset: () => set({ summary: undefined }),
  }));
}
