import type { HandlersOf } from '../../../shared/api/contract';
import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { leakApi } from '../../../shared/api/splits-api';
import { type LeakWorth, leakWorthSchema } from '../../../shared/domain/leak-worth';
import { meanInterval } from '../../../shared/domain/statistics';
import { readStored, writeStored } from '../../platform/database/stored-value';
import type { Dataset, Features, JobHandle, Jobs, ProjectContext, Similarity } from '../ports';

export interface LeakParts {
  context: ProjectContext;
  jobs: Jobs;
  dataset: Pick<Dataset, 'splitUnits'>;
  features: Features;
  similarity: Similarity;
}

export interface LeakService {
  handlers: HandlersOf<typeof leakApi>;
}

const settingsKey = 'leak.worth';
const repeats = 20;
/** The usual share of a test set. */
const testShare = 0.15;
const seed = 1;

/** What splitting photo by photo, copies on both sides, would have been worth: measured when asked. */
export function createLeakService(parts: LeakParts): LeakService {
  const { context, jobs } = parts;
  jobs.register<Record<string, never>>('leak', {
    resumable: true,
    run: async (_parameters, job) => {
      await measure(parts, job);
      return {};
    },
  });
  return {
    handlers: {
      'leak.measure': () => ({ jobId: jobs.start('leak', 'Measuring what a leak is worth', {}) }),
      'leak.worth': () => ({
        worth: readStored(context.database, settingsKey, leakWorthSchema),
      }),
    },
  };
}

async function measure(parts: LeakParts, job: JobHandle): Promise<void> {
  const { context, dataset, features, similarity } = parts;
  const { signal } = job;
  job.progress({ step: 'Preparing photos', done: 0 });
  await features.complete({ signal, onProgress: (done, total) => job.progress({ done, total }) });
  const embedding = await similarity.embedding({ signal });
  const units = dataset.splitUnits();
  const labelIds = [...new Set(units.map(({ labelId }) => labelId))];
  if (labelIds.length < 2) {
    throw new AppError(
      'not-ready',
      'There is nothing to tell apart yet.',
      'Label photos of at least two labels first.',
    );
  }
  const numbers = new Map(labelIds.map((labelId, number) => [labelId, number]));
  const { naive, honest, leaked, ...counts } = await context.workers.run(
    'measure-leak',
    {
      embedding,
      photoIds: Uint32Array.from(units, ({ photoId }) => photoId),
      labels: Int32Array.from(units, ({ labelId }) => numbers.get(labelId) ?? 0),
      units: Int32Array.from(units, ({ unit }) => unit),
      classes: labelIds.length,
      testShare,
      repeats,
      seed,
    },
    {
      signal,
      onProgress: ({ done, total }) => job.progress({ step: 'Training twice', done, total }),
    },
  );
  throwIfCancelled(signal);
  if ([...naive, ...honest].some(Number.isNaN)) {
    throw new AppError(
      'not-ready',
      'There are too few photos, or too few that do not stay together, to test on.',
      'Add photos, or keep fewer of them together.',
    );
  }
  writeStored(context.database, settingsKey, {
    at: context.now().toISOString(),
    backbone: features.backbone().title,
    ...counts,
    repeats,
    naive: meanInterval(naive),
    honest: meanInterval(honest),
    difference: meanInterval(naive.map((value, repeat) => value - (honest[repeat] ?? 0))),
    leaked: leaked.reduce((sum, share) => sum + share, 0) / leaked.length,
  } satisfies LeakWorth);
  context.emit('leak.changed', {});
}
