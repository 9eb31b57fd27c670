import type { Handlers, MethodName } from '@shared/api/contract';
import type { Comparison } from '@shared/domain/comparison';
import type { Job } from '@shared/domain/job';
import type { Model } from '@shared/domain/model';
import { packComparison } from '@shared/domain/packed-comparison';
import { vi } from 'vitest';
import { fakePhoto } from './fake-photos';
import { createFakeProgram, type FakeProgram } from './fake-program';
import { openTestStudio, type TestStudio } from './render-studio';

interface Content {
  /** Newest first. */
  models?: readonly Model[];
  comparisons?: readonly Comparison[];
  jobs?: Job[];
}

export interface StudioWithModels extends TestStudio {
  program: FakeProgram;
  /** What the methods that start something were called with. */
  started: { method: MethodName; input: unknown }[];
}

/** A studio whose program has models and comparisons; what it is asked to start is noted. */
export async function openStudioWithModels({
  models = [],
  comparisons = [],
  jobs = [],
}: Content): Promise<StudioWithModels> {
  const program = createFakeProgram({ jobs, photos: [1, 2, 3, 4, 5].map((id) => fakePhoto(id)) });
  const started: StudioWithModels['started'] = [];
  const start = (method: MethodName) => (input: unknown) => {
    started.push({ method, input });
    return { jobId: 'job-1' };
  };
  const handlers: Partial<Handlers> = {
    'models.list': () => ({ models: [...models] }),
    'evaluation.comparisons': () => ({
      comparisons: comparisons.map(({ id, createdAt, split, verdict, models: compared }) => ({
        id,
        createdAt,
        split,
        verdict,
        modelIds: compared.map(({ modelId }) => modelId),
      })),
    }),
    'evaluation.comparison': ({ comparisonId }) => {
      const comparison = comparisons.find(({ id }) => id === comparisonId);
      if (!comparison) throw new RangeError(`There is no ${comparisonId}`);
      return packComparison(comparison);
    },
    'evaluation.compare': start('evaluation.compare'),
    'deploy.exportModel': start('deploy.exportModel'),
    'training.start': start('training.start'),
    'training.stopAndKeepBest': (input) => {
      start('training.stopAndKeepBest')(input);
      return {};
    },
    'jobs.cancel': (input) => {
      start('jobs.cancel')(input);
      return {};
    },
  };
  Object.assign(program.handlers, handlers);
  const test = await openTestStudio(program);
  const { models: modelsStore, comparisons: comparisonsStore } = test.studio.stores;
  await vi.waitFor(() => {
    if (modelsStore.getState().models?.length !== models.length) throw new Error('no models yet');
    if (!comparisonsStore.getState().comparisons) throw new Error('no comparisons yet');
  });
  return { ...test, program, started };
}

export function fakeJob(change: Partial<Job>): Job {
  return {
    id: 'job-1',
    kind: 'compare',
    state: 'running',
    title: 'Comparing 2 models',
    done: 1,
    total: 4,
    createdAt: '2026-01-02T03:04:05.000Z',
    log: [],
    resumable: true,
    ...change,
  };
}
