import type { StudioClient } from '@shared/api/contract';
import type { JobId } from '@shared/domain/job';
import {
  type EpochRecord,
  type ModelId,
  type TrainingSettings,
  trainingSettingsSchema,
} from '@shared/domain/model';
import { createStore } from 'zustand/vanilla';

/** What a running training has reported so far. */
export interface LiveRun {
  jobId: JobId;
  records: readonly EpochRecord[];
  bestEpoch: number;
  /** Epochs asked for; it may stop earlier. */
  epochs: number;
}

export interface TrainingState {
  run?: LiveRun;
  /** What the next training is started with. */
  settings: TrainingSettings;
  /** Counts how often the list of backbones changed. */
  backbonesVersion: number;
  /** The model that the Train place shows; the newest one when absent. */
  selectedId?: ModelId;
  select(modelId: ModelId | undefined): void;
  change(settings: Partial<TrainingSettings>): void;
  reset(): void;
}

export function createTrainingStore(client: StudioClient) {
  const store = createStore<TrainingState>()((set) => ({
    settings: trainingSettingsSchema.parse({}),
    backbonesVersion: 0,
    select: (selectedId) => set({ selectedId }),
    change: (settings) => set((state) => ({ settings: { ...state.settings, ...settings } })),
    reset: () => set({ run: undefined, selectedId: undefined }),
  }));
  client.on('training.epoch', ({ jobId, record, bestEpoch, epochs }) =>
    store.setState(({ run }) => ({
      run: {
        jobId,
        records: run?.jobId === jobId ? [...run.records, record] : [record],
        bestEpoch,
        epochs,
      },
    })),
  );
  client.on('bases.changed', () =>
    store.setState(({ backbonesVersion }) => ({ backbonesVersion: backbonesVersion + 1 })),
  );
  // Whoever opens a file to train on wants to train on it.
  client.on('jobs.changed', ({ job }) => {
    const backbone = job.kind === 'open-base' ? job.result?.['backbone'] : undefined;
    if (backbone !== undefined) store.getState().change({ backbone });
  });
  return store;
}
