import type { Latency, Machine, ModelMemory } from '../../../shared/domain/comparison';
import { percentile } from '../../../shared/domain/statistics';
import { thisMachine } from '../../platform/this-machine';
import type { TaskInput, TaskOutput } from '../../workers/tasks';
import type { JobHandle } from '../ports';
import type { ComparisonPlan } from './plan-comparison';
import type { ComparisonParts } from './run-comparison';

const warmupRuns = 8;
const timedRuns = 50;
const rounds = warmupRuns + timedRuns;
/** Photos that the timed runs go through in turn. */
const timedPhotos = 8;
/** For all models together: slow forms get fewer runs, and the record says how many. */
const mostMs = 12_000;
/** Small networks gain nothing from more, and apps on phones give them no more. */
const mostThreads = 4;

/** What one model costs here. */
export interface ModelCosts {
  latencyMs: Latency;
  threadedLatencyMs?: Latency;
  memory?: ModelMemory;
  loadMs: number;
}

export interface Costs {
  machine: Machine;
  /** Of the plan's model at this place. */
  of(model: number): ModelCosts;
}

/** Steps of the job's progress that `measureCosts` takes. */
export const costSteps = (models: number): number => rounds + models;

/**
 * Latency with one thread and with several, and memory: after all photos, when this job leaves the workers quiet.
 * One worker has everything, models take turns.
 * @param before steps of the job that are done.
 */
export async function measureCosts(
  plan: ComparisonPlan,
  before: number,
  job: JobHandle,
  parts: ComparisonParts,
): Promise<Costs> {
  const threads = Math.min(mostThreads, parts.context.workers.size);
  job.progress({ done: before, step: 'Timing the models, taking turns' });
  const timing = await time(plan, before, threads < 2 ? undefined : threads, job, parts);
  const hasThreads = timing.models.some(({ threadedTimesMs }) => threadedTimesMs);
  job.progress({ done: before + rounds, step: 'Measuring the memory of the models' });
  const { memory } = await parts.context.workers.run(
    'weigh-models',
    { files: plan.models.map((model) => parts.models.file(model)) },
    {
      signal: job.signal,
      onProgress: ({ done }) => job.progress({ done: before + rounds + done }),
    },
  );
  const oneThread = threads < 2 ? 'cores' : hasThreads ? undefined : 'runtime';
  return {
    machine: { ...thisMachine(), runtime: timing.runtime, oneThread },
    of(model) {
      const { loadMs, timesMs, threadedTimesMs } = timing.models[model] ?? {
        loadMs: 0,
        timesMs: [],
      };
      const { warmupRuns: warmedUp } = timing;
      return {
        latencyMs: latencyOf(timesMs, warmedUp, timing.threads),
        threadedLatencyMs: threadedTimesMs && latencyOf(threadedTimesMs, warmedUp, threads),
        memory: memory[model],
        loadMs,
      };
    },
  };
}

type Timing = TaskOutput<'measure-latency'>;

function time(
  { models: compared, photos }: ComparisonPlan,
  before: number,
  alsoThreads: number | undefined,
  job: JobHandle,
  { context, models }: ComparisonParts,
): Promise<Timing> {
  const input: TaskInput<'measure-latency'> = {
    models: compared.map((model) => ({
      file: models.file(model),
      preprocessing: model.preprocessing,
    })),
    photos: photos.slice(0, timedPhotos).map(({ photoId, sha256, path }) => ({
      photoId,
      sha256,
      path,
    })),
    cacheFile: context.cacheFile,
    warmupRuns,
    runs: timedRuns,
    alsoThreads,
    mostMs,
  };
  return context.workers.run('measure-latency', input, {
    signal: job.signal,
    onProgress: ({ done }) => job.progress({ done: before + done }),
  });
}

function latencyOf(timesMs: readonly number[], warmedUp: number, threads: number): Latency {
  return {
    p50: percentile(timesMs, 0.5),
    p95: percentile(timesMs, 0.95),
    runs: timesMs.length,
    warmupRuns: warmedUp,
    threads,
  };
}
