import type { StudioClient } from '@shared/api/contract';
import { isFinished, type Job, type JobId, type JobKind } from '@shared/domain/job';
import { createStore } from 'zustand/vanilla';

export interface JobsState {
  /** Newest first. */
  jobs: readonly Job[];
  refresh(): Promise<void>;
  reset(): void;
  cancel(jobId: JobId): Promise<void>;
  resume(jobId: JobId): Promise<void>;
  dismiss(jobId: JobId): Promise<void>;
}

export function createJobsStore(client: StudioClient) {
  const store = createStore<JobsState>()((set) => ({
    jobs: [],
    async refresh() {
      const { jobs } = await client.call('jobs.list', {});
      set({ jobs });
    },
    reset: () => set({ jobs: [] }),
    async cancel(jobId) {
      await client.call('jobs.cancel', { jobId });
    },
    async resume(jobId) {
      await client.call('jobs.resume', { jobId });
    },
    async dismiss(jobId) {
      await client.call('jobs.dismiss', { jobId });
    },
  }));

  client.on('jobs.changed', ({ job }) =>
    store.setState(({ jobs }) => ({
      jobs: jobs.some(({ id }) => id === job.id)
        ? jobs.map((other) => (other.id === job.id ? job : other))
        : [job, ...jobs],
    })),
  );
  client.on('jobs.dismissed', ({ jobId }) =>
    store.setState(({ jobs }) => ({ jobs: jobs.filter(({ id }) => id !== jobId) })),
  );
  return store;
}

/** The job of a kind that runs or waits, if any. */
export function activeJob(jobs: readonly Job[], kind: JobKind): Job | undefined {
  return jobs.find((job) => job.kind === kind && !isFinished(job));
}
