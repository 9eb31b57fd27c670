import type { Handlers } from '@shared/api/contract';
import type { Label } from '@shared/domain/label';
import { createFakeJob } from './fake-job';
import { createFakeStudio, type FakeStudioOptions } from './fake-studio';

/** The labels of `studio`. */
export const labels: Label[] = [
  { id: 1, name: 'banana', color: '#ffd43b', position: 0 },
  { id: 2, name: 'truck', color: '#4dabf7', position: 1 },
];

/** What `studio` says of its data set. */
export const summary = () => ({
  total: 3,
  labeled: 2,
  unlabeled: 1,
  excluded: 0,
  missing: 0,
  conflicts: 0,
  labels: labels.map((label) => ({ ...label, count: 1, train: 1, validation: 0, test: 0 })),
  splits: { train: 2, validation: 0, test: 0 },
  ratio: { train: 0.7, validation: 0.15, test: 0.15 },
  savedFilters: [],
});

/** A job that is done at once with this result. */
export const doneJob = (result: Record<string, string>): Partial<Handlers> => ({
  'jobs.list': () => ({ jobs: [createFakeJob({ state: 'done', result })] }),
});
/** The job that `doneJob` tells of. */
export const started = { jobId: 'job-1' };

/** A program of three photos, with what a test adds. */
export const studio = (handlers: Partial<Handlers>, media: FakeStudioOptions['media'] = {}) =>
  createFakeStudio({ handlers: { 'dataset.summary': summary, ...handlers }, media });

/** A model's file, as the program gives it out. */
export const modelMedia = (id: string) => ({
  [`model/${id}.tflite`]: {
    kind: 'file' as const,
    contentType: 'application/octet-stream',
    path: `/project/models/${id}.tflite`,
  },
});
