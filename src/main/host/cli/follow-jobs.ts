import type { StudioClient } from '../../../shared/api/contract';
import { AppError, fromShape } from '../../../shared/api/errors';
import { isFinished, type Job, type JobId, type JobKind } from '../../../shared/domain/job';

export interface FollowOptions {
  signal: AbortSignal;
  onProgress?(job: Job): void;
}

/**
 * Starts a job and follows it to its end. When `signal` is aborted the job is cancelled and its
 * own end awaited, so that the project is at rest afterwards.
 * @throws AppError with the job's own error, or 'cancelled'.
 */
export async function runJob(
  client: StudioClient,
  start: () => Promise<{ jobId: JobId }>,
  options: FollowOptions,
): Promise<Job> {
  // A short job may be over before the answer to its start is here.
  const seen = new Map<JobId, Job>();
  const stop = client.on('jobs.changed', ({ job }) => seen.set(job.id, job));
  try {
    const { jobId } = await start();
    return orThrow(await untilFinished(client, jobId, seen.get(jobId), options));
  } finally {
    stop();
  }
}

/** Waits until no job of this kind is queued or running: for work that was not started by id. */
export async function waitForJobs(
  client: StudioClient,
  kind: JobKind,
  options: FollowOptions,
): Promise<void> {
  for (;;) {
    const { jobs } = await client.call('jobs.list', {});
    const job = jobs.find((candidate) => candidate.kind === kind && !isFinished(candidate));
    if (!job) return;
    orThrow(await untilFinished(client, job.id, job, options));
  }
}

function untilFinished(
  client: StudioClient,
  jobId: JobId,
  known: Job | undefined,
  { signal, onProgress }: FollowOptions,
): Promise<Job> {
  return new Promise((resolve, reject) => {
    let settled = false;
    const settle = (act: () => void) => {
      settled = true;
      stop();
      signal.removeEventListener('abort', cancel);
      act();
    };
    const take = (job: Job) => {
      if (settled) return;
      onProgress?.(job);
      if (isFinished(job)) settle(() => resolve(job));
    };
    // One that has just ended can't be cancelled; its end is on its way.
    const cancel = () => {
      client.call('jobs.cancel', { jobId }).catch(refresh);
    };
    const refresh = () => {
      client.call('jobs.list', {}).then(
        ({ jobs }) => {
          const job = jobs.find(({ id }) => id === jobId);
          if (job) take(job);
        },
        (error: unknown) => settle(() => reject(error)),
      );
    };
    const stop = client.on('jobs.changed', ({ job }) => {
      if (job.id === jobId) take(job);
    });
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
    if (known) take(known);
    // What happened between the job's last known state and this listener.
    if (!known || !isFinished(known)) refresh();
  });
}

function orThrow(job: Job): Job {
  if (job.state === 'done') return job;
  if (job.error) throw fromShape(job.error);
  if (job.state === 'cancelled') throw new AppError('cancelled', `Cancelled: ${job.title}.`);
  throw new AppError(
    'internal',
    `${job.title} ended as ${job.state}.`,
    'Run the command again; what was finished is kept.',
  );
}
