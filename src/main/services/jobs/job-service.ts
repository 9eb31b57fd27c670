import { AppError, isCancelled, toShape } from '../../../shared/api/errors';
import type { HandlersOf } from '../../../shared/api/contract';
import type { jobsApi } from '../../../shared/api/jobs-api';
import { isFinished, type Job, type JobId, type JobKind } from '../../../shared/domain/job';
import type { JobDefinition, Jobs, ProjectContext } from '../ports';
import { createJobStore } from './job-store';
import { createRunningJob, type RunningJob } from './running-job';

export interface JobService {
  jobs: Jobs;
  handlers: HandlersOf<typeof jobsApi>;
  /**
   * Stops everything: what runs or waits becomes 'interrupted' and can be resumed. Nothing is
   * written to the database after it resolves.
   */
  dispose(): Promise<void>;
}

interface ActiveJob {
  job: Job;
  parameters: unknown;
  /** Set while it runs. */
  running?: RunningJob;
  ended?: Promise<void>;
  cancelledByPerson: boolean;
}

/** A job that does not stop when asked must not keep the program from closing. */
const DISPOSE_LIMIT_MS = 15_000;

export function createJobService({
  database,
  emit,
  log,
  now,
}: Pick<ProjectContext, 'database' | 'emit' | 'log' | 'now'>): JobService {
  const store = createJobStore(database);
  const definitions = new Map<JobKind, JobDefinition<unknown>>();
  /** Queued and running ones, in the order they were started. */
  const active = new Map<JobId, ActiveJob>();
  const listeners = new Set<(job: Job) => void>();
  let disposing = false;

  for (const job of store.unfinished()) {
    store.save({ ...job, state: 'interrupted', finishedAt: timestamp(), remainingMs: undefined });
  }
  store.prune();

  function timestamp(): string {
    return now().toISOString();
  }

  function publish(job: Job): void {
    emit('jobs.changed', { job: { ...job } });
  }

  /** A job's own work matters more than the note of how far it is. */
  function save(job: Job): void {
    try {
      store.save(job);
    } catch (error) {
      log.error(`The state of the job "${job.title}" could not be saved`, error);
    }
  }

  function start(kind: JobKind, title: string, parameters: unknown): JobId {
    const definition = definitionOf(kind);
    if (disposing) throw new AppError('cancelled', 'The project is being closed.');
    const job: Job = {
      id: store.nextId(),
      kind,
      state: 'queued',
      title,
      done: 0,
      createdAt: timestamp(),
      log: [],
      resumable: definition.resumable,
    };
    store.add(job, parameters);
    // As they will be when the job is resumed after a restart.
    const stored = store.find(job.id)?.parameters;
    active.set(job.id, { job, parameters: stored, cancelledByPerson: false });
    publish(job);
    runNext(kind);
    return job.id;
  }

  function runNext(kind: JobKind): void {
    const ofKind = [...active.values()].filter(({ job }) => job.kind === kind);
    const next = ofKind.find(({ running }) => !running);
    const running = ofKind.filter((entry) => entry.running).length;
    if (disposing || !next || running >= (definitionOf(kind).atOnce ?? 1)) return;
    const { job } = next;
    job.state = 'running';
    job.startedAt = timestamp();
    next.running = createRunningJob({ job, now, publish, save });
    save(job);
    publish(job);
    next.ended = run(next, next.running);
  }

  async function run(entry: ActiveJob, { handle }: RunningJob): Promise<void> {
    const { kind, title } = entry.job;
    try {
      // A later microtask: whoever started the job gets its id before anything happens.
      await Promise.resolve();
      const result = await definitionOf(kind).run(entry.parameters, handle);
      finish(entry, { state: 'done', result, resumable: false });
    } catch (error) {
      const stopped = handle.signal.aborted || isCancelled(error);
      if (!isExpected(error, stopped)) log.error(`The job "${title}" failed`, error);
      if (!stopped) finish(entry, { state: 'failed', error: toShape(error) });
      else finish(entry, { state: stoppedState(entry) });
    }
    runNext(kind);
  }

  function stoppedState({ cancelledByPerson }: ActiveJob): 'cancelled' | 'interrupted' {
    return disposing && !cancelledByPerson ? 'interrupted' : 'cancelled';
  }

  function finish(entry: ActiveJob, outcome: Pick<Job, 'state'> & Partial<Job>): void {
    const { job } = entry;
    // Given up on by `dispose`: the database may be closed.
    if (!active.delete(job.id)) return;
    entry.running?.close();
    Object.assign(job, { finishedAt: timestamp(), remainingMs: undefined }, outcome);
    save(job);
    publish(job);
    for (const listener of listeners) listener({ ...job });
  }

  function definitionOf(kind: JobKind): JobDefinition<unknown> {
    const definition = definitions.get(kind);
    if (!definition) throw new Error(`Nobody registered jobs of kind ${kind}`);
    return definition;
  }

  function find(id: JobId) {
    const stored = store.find(id);
    if (!stored) throw new AppError('not-found', 'This job is no longer on the list.');
    return stored;
  }

  function forgetInterrupted(kind: JobKind): void {
    for (const job of store.list()) {
      if (job.kind === kind && job.state === 'interrupted') store.dismiss(job.id);
    }
  }

  function dismiss(id: JobId): void {
    store.dismiss(id);
    emit('jobs.dismissed', { jobId: id });
  }

  return {
    jobs: {
      register<Parameters>(kind: JobKind, definition: JobDefinition<Parameters>) {
        if (definitions.has(kind)) throw new Error(`Jobs of kind ${kind} are registered twice`);
        // Each kind is handed the parameters it was started with, also after a restart.
        definitions.set(kind, definition);
        if (definition.beginsByItself) forgetInterrupted(kind);
      },
      start,
      onFinished(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    handlers: {
      'jobs.list': () => {
        const current = (job: Job) => active.get(job.id)?.job ?? job;
        return { jobs: store.list().map(current) };
      },
      'jobs.cancel': ({ jobId }) => {
        const entry = active.get(jobId);
        if (!entry) {
          find(jobId);
          return {};
        }
        entry.cancelledByPerson = true;
        if (entry.running) entry.running.abort();
        else finish(entry, { state: 'cancelled' });
        return {};
      },
      'jobs.resume': ({ jobId }) => {
        const { job, parameters } = find(jobId);
        if (!isFinished(job) || !job.resumable) {
          throw new AppError('bad-request', "This job can't be started again.");
        }
        const newId = start(job.kind, job.title, parameters);
        dismiss(jobId);
        return { jobId: newId };
      },
      'jobs.dismiss': ({ jobId }) => {
        if (active.has(jobId)) {
          throw new AppError('busy', 'This job is not finished.', 'Cancel it first.');
        }
        find(jobId);
        dismiss(jobId);
        return {};
      },
    },
    async dispose() {
      disposing = true;
      const running = [...active.values()].filter((entry) => entry.running);
      for (const entry of [...active.values()]) {
        if (!entry.running) finish(entry, { state: 'interrupted' });
      }
      for (const { running: handle } of running) handle?.abort();
      await withLimit(
        Promise.all(running.map(({ ended = Promise.resolve() }) => ended)),
        DISPOSE_LIMIT_MS,
      );
      for (const entry of [...active.values()]) {
        log.warn(`The job "${entry.job.title}" did not stop when the project was closed`);
        finish(entry, { state: 'interrupted' });
      }
    },
  };
}

/** Worth no log entry: a sentence meant for people, or whatever being stopped looks like. */
function isExpected(error: unknown, stopped: boolean): boolean {
  if (error instanceof AppError) return true;
  return stopped && error instanceof Error && error.name === 'AbortError';
}

async function withLimit(work: Promise<unknown>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
