import { runJob, waitForJobs } from '@main/host/cli/follow-jobs';
import type { Handlers } from '@shared/api/contract';
import type { Job } from '@shared/domain/job';
import { describe, expect, it, vi } from 'vitest';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeStudio } from '../../../../fakes/fake-studio';

const running = createFakeJob();
const ended = (state: Job['state'], more: Partial<Job> = {}) => createFakeJob({ state, ...more });
const never = new AbortController().signal;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A studio with one job, whose state the test changes. */
function studioWith(job: Job, handlers: Partial<Handlers> = {}) {
  let current = job;
  const app = createFakeStudio({
    handlers: { 'jobs.list': () => ({ jobs: [current] }), ...handlers },
  });
  const change = (next: Job) => {
    current = next;
    app.emit('jobs.changed', { job: next });
  };
  return { app, client: app.client(), change };
}

const start = () => Promise.resolve({ jobId: 'job-1' });

describe('runJob', () => {
  it('resolves with the job when it is done and shows what happened on the way', async () => {
    const { client, change } = studioWith(running);
    const onProgress = vi.fn();
    const result = runJob(client, start, { signal: never, onProgress });
    await turn();
    change({ ...running, done: 2, total: 3 });
    change(ended('done', { result: { importId: 'a' } }));
    await expect(result).resolves.toMatchObject({ result: { importId: 'a' } });
    expect(onProgress.mock.calls.map(([job]) => (job as Job).done)).toContain(2);
  });

  it('notices a job that was over before its start was answered', async () => {
    const { client, change } = studioWith(running);
    const result = runJob(
      client,
      async () => {
        change(ended('done'));
        await turn();
        return { jobId: 'job-1' };
      },
      { signal: never },
    );
    await expect(result).resolves.toMatchObject({ state: 'done' });
  });

  it('notices a job whose end was told before anybody listened', async () => {
    const { client } = studioWith(ended('done'));
    await expect(runJob(client, start, { signal: never })).resolves.toMatchObject({
      state: 'done',
    });
  });

  it('throws the job’s own error', async () => {
    const error = { code: 'not-ready', message: 'Too few photos.', remedy: 'Add ten.' };
    const { client } = studioWith(ended('failed', { error }));
    await expect(runJob(client, start, { signal: never })).rejects.toMatchObject(error);
  });

  it('says so when the job was interrupted', async () => {
    const { client } = studioWith(ended('interrupted'));
    await expect(runJob(client, start, { signal: never })).rejects.toThrow('interrupted');
  });

  it('passes on that the job was not started', async () => {
    const { client } = studioWith(running);
    const failure = new Error('no');
    await expect(runJob(client, () => Promise.reject(failure), { signal: never })).rejects.toBe(
      failure,
    );
  });

  it.each(['before', 'after'])('cancels the job when aborted %s its start', async (when) => {
    const controller = new AbortController();
    if (when === 'before') controller.abort();
    const cancelled: string[] = [];
    const { client, change } = studioWith(running, {
      'jobs.cancel': ({ jobId }) => {
        cancelled.push(jobId);
        queueMicrotask(() => change(ended('cancelled')));
        return {};
      },
    });
    const result = runJob(client, start, { signal: controller.signal });
    result.catch(() => undefined);
    await turn();
    controller.abort();
    await expect(result).rejects.toMatchObject({ code: 'cancelled' });
    expect(cancelled).toEqual(['job-1']);
  });

  it('does not call it cancelled when it was done first', async () => {
    const controller = new AbortController();
    const { client, change } = studioWith(running);
    const result = runJob(client, start, { signal: controller.signal });
    await turn();
    change(ended('done'));
    controller.abort();
    await expect(result).resolves.toMatchObject({ state: 'done' });
  });
});

describe('waitForJobs', () => {
  it('waits for jobs of its kind only, one after the other', async () => {
    const features = (id: string, state: Job['state']) =>
      createFakeJob({ id, kind: 'features', state });
    let jobs = [features('job-2', 'running'), createFakeJob({ id: 'job-3', kind: 'train' })];
    const app = createFakeStudio({ handlers: { 'jobs.list': () => ({ jobs }) } });
    const waiting = waitForJobs(app.client(), 'features', { signal: never });
    await turn();
    jobs = [features('job-2', 'done'), features('job-4', 'running')];
    app.emit('jobs.changed', { job: features('job-2', 'done') });
    await turn();
    jobs = [features('job-4', 'done')];
    app.emit('jobs.changed', { job: features('job-4', 'done') });
    await expect(waiting).resolves.toBeUndefined();
  });
});
