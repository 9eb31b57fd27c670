import type { JobDefinition, JobHandle, Jobs } from '@main/services/ports';
import { AppError, toShape } from '@shared/api/errors';
import type { Job, JobId, JobKind } from '@shared/domain/job';
import { createFakeJob } from './fake-job';

export interface StartedJob {
  kind: JobKind;
  title: string;
  /** As they come back from the database when a job is resumed. */
  parameters: unknown;
  steps: string[];
  log: string[];
  done: number;
  total: number;
  /** Ends the job as a person would. */
  cancel(): void;
  /** Runs it, once a call. */
  run(): Promise<Record<string, string>>;
}

export interface FakeJobs extends Jobs {
  readonly started: StartedJob[];
  /** The job that was started last. */
  last(): StartedJob;
}

/** Jobs that run when a test says so, in the test's own turn. */
export function createFakeJobs(): FakeJobs {
  const definitions = new Map<JobKind, JobDefinition<unknown>>();
  const started: StartedJob[] = [];
  const listeners = new Set<(job: Job) => void>();

  function queue(kind: JobKind, title: string, parameters: unknown): JobId {
    const definition = definitions.get(kind);
    if (!definition) throw new Error(`No service registered jobs of kind ${kind}`);
    const controller = new AbortController();
    const id: JobId = `job-${started.length + 1}`;
    const job: StartedJob = {
      kind,
      title,
      parameters: JSON.parse(JSON.stringify(parameters)),
      steps: [],
      log: [],
      done: 0,
      total: 0,
      cancel: () => controller.abort(),
      async run() {
        const finish = (changes: Partial<Job>) => {
          const ended = createFakeJob({ id, kind, title, ...changes });
          for (const listener of listeners) listener(ended);
        };
        try {
          const result = await definition.run(job.parameters, handle);
          finish({ state: 'done', result });
          return result;
        } catch (error) {
          if (controller.signal.aborted) finish({ state: 'cancelled' });
          else finish({ state: 'failed', error: toShape(error) });
          throw error;
        }
      },
    };
    const handle: JobHandle = {
      id,
      signal: controller.signal,
      progress(update) {
        if (update.step !== undefined) job.steps.push(update.step);
        if (update.done !== undefined) job.done = update.done;
        if (update.total !== undefined) job.total = update.total;
      },
      log: (sentence) => void job.log.push(sentence),
    };
    started.push(job);
    return id;
  }

  return {
    started,
    last() {
      const job = started.at(-1);
      if (!job) throw new AppError('not-found', 'No job was started.');
      return job;
    },
    register: (kind, definition) => void definitions.set(kind, definition),
    start: queue,
    onFinished(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
