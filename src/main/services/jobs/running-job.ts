import type { Job } from '../../../shared/domain/job';
import type { JobHandle } from '../ports';
import { createRemainingTime } from './remaining-time';

/** Ten updates a second are as smooth as a progress bar gets. */
const PUBLISH_EVERY_MS = 100;
/** Enough for a job that was interrupted to say how far it was. */
const SAVE_EVERY_MS = 1_000;
const LOG_LINES = 200;

export interface RunningJobOptions {
  /** Changed in place. */
  job: Job;
  now(): Date;
  /** Shows the job to everybody; at most ten times a second. */
  publish(job: Job): void;
  save(job: Job): void;
}

export interface RunningJob {
  readonly handle: JobHandle;
  abort(): void;
  /** Nothing the job still says is heard after this. */
  close(): void;
}

/** What a job says while it runs, thinned out for those who listen. */
export function createRunningJob({ job, now, publish, save }: RunningJobOptions): RunningJob {
  const controller = new AbortController();
  const remaining = createRemainingTime();
  let timer: NodeJS.Timeout | undefined;
  let changed = false;
  let closed = false;
  let savedAt = now().getTime();

  function flush(): void {
    changed = false;
    const at = now().getTime();
    job.remainingMs = remaining.estimate(at);
    publish(job);
    if (at - savedAt >= SAVE_EVERY_MS) {
      savedAt = at;
      save(job);
    }
    timer = setTimeout(() => {
      timer = undefined;
      if (changed) flush();
    }, PUBLISH_EVERY_MS);
  }

  function touch(): void {
    changed = true;
    if (!timer) flush();
  }

  return {
    handle: {
      id: job.id,
      signal: controller.signal,
      progress({ done, total, step }) {
        if (closed) return;
        if (done !== undefined) job.done = done;
        if (total !== undefined) job.total = total;
        if (step !== undefined) job.step = step;
        remaining.update(job.done, job.total, now().getTime());
        touch();
      },
      log(sentence) {
        if (closed) return;
        job.log = [...job.log, sentence].slice(-LOG_LINES);
        touch();
      },
    },
    abort: () => controller.abort(),
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
