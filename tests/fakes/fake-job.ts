import type { Job } from '@shared/domain/job';

export function createFakeJob(changes: Partial<Job> = {}): Job {
  return {
    id: 'job-1',
    kind: 'import',
    state: 'running',
    title: 'Importing 3 photos',
    done: 0,
    createdAt: '2026-01-01T00:00:00.000Z',
    log: [],
    resumable: true,
    ...changes,
  };
}
