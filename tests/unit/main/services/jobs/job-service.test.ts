import { AppError } from '@shared/api/errors';
import type { JobId } from '@shared/domain/job';
import { describe, expect, test, vi } from 'vitest';
import {
  callContext,
  registerSteered,
  settle,
  useJobService,
} from '../../../../fixtures/job-service';

const opened = useJobService();

test('a job is queued, runs and is done with its result', async () => {
  const runs = registerSteered(opened.service, 'train');
  const id = opened.service.jobs.start('train', 'Training', { epochs: 3 });
  expect(id).toBe('job-1');
  await settle();
  expect(runs[0]?.parameters).toEqual({ epochs: 3 });
  runs[0]?.finish({ modelId: 'model-1' });
  await settle();
  expect(opened.changes.map((job) => job.state)).toEqual(['queued', 'running', 'done']);
  expect(await opened.jobOf(id)).toMatchObject({
    state: 'done',
    title: 'Training',
    result: { modelId: 'model-1' },
    resumable: false,
    startedAt: '2025-01-01T10:00:00.000Z',
    finishedAt: '2025-01-01T10:00:00.000Z',
  });
});

test('one at a time a kind, in order; kinds run side by side', async () => {
  const trainings = registerSteered(opened.service, 'train');
  const imports = registerSteered(opened.service, 'import');
  const first = opened.service.jobs.start('train', 'First', 1);
  const second = opened.service.jobs.start('train', 'Second', 2);
  opened.service.jobs.start('import', 'Import', 3);
  await settle();
  expect(trainings).toHaveLength(1);
  expect(imports).toHaveLength(1);
  expect((await opened.jobOf(second))?.state).toBe('queued');
  trainings[0]?.fail(new AppError('not-ready', 'Too few photos.', 'Add some.'));
  await settle();
  expect(trainings.map((run) => run.parameters)).toEqual([1, 2]);
  expect(await opened.jobOf(first)).toMatchObject({
    state: 'failed',
    error: { code: 'not-ready', message: 'Too few photos.', remedy: 'Add some.' },
  });
  expect(opened.log.lines).toEqual([]);
});

test('a defect is one sentence for people and a stack in the log', async () => {
  const runs = registerSteered(opened.service, 'train');
  const id = opened.service.jobs.start('train', 'Training', {});
  await settle();
  runs[0]?.fail(new TypeError('x is undefined'));
  await settle();
  expect((await opened.jobOf(id))?.error).toMatchObject({ code: 'internal' });
  expect(opened.log.lines.join()).toContain('TypeError: x is undefined');
});

describe('progress', () => {
  test('is shown at most ten times a second, and the last one always', async () => {
    const runs = registerSteered(opened.service, 'import');
    opened.service.jobs.start('import', 'Import', {});
    await settle();
    opened.changes.length = 0;
    for (let done = 1; done <= 200; done++) {
      runs[0]?.handle.progress({ done, total: 200 });
      await vi.advanceTimersByTimeAsync(5);
    }
    expect(opened.changes.length).toBeGreaterThanOrEqual(9);
    expect(opened.changes.length).toBeLessThanOrEqual(11);
    await vi.advanceTimersByTimeAsync(100);
    expect(opened.changes.at(-1)).toMatchObject({ done: 200, total: 200 });
    const shown = opened.changes.length;
    await vi.advanceTimersByTimeAsync(1000);
    expect(opened.changes).toHaveLength(shown);
  });

  test('carries step, log lines and the estimated time left', async () => {
    const runs = registerSteered(opened.service, 'import');
    const id = opened.service.jobs.start('import', 'Import', {});
    await settle();
    const handle = runs[0]?.handle;
    handle?.progress({ done: 0, total: 100, step: 'Reading' });
    await vi.advanceTimersByTimeAsync(2000);
    handle?.progress({ done: 20 });
    for (let line = 1; line <= 250; line++) handle?.log(`line ${line}`);
    await vi.advanceTimersByTimeAsync(100);
    const job = await opened.jobOf(id);
    expect(job).toMatchObject({ step: 'Reading', done: 20, total: 100 });
    expect(job?.remainingMs).toBe(8400);
    expect(job?.log).toHaveLength(200);
    expect(job?.log.at(-1)).toBe('line 250');
  });

  test('after the end is not heard', async () => {
    const runs = registerSteered(opened.service, 'import');
    const id = opened.service.jobs.start('import', 'Import', {});
    await settle();
    runs[0]?.finish();
    await settle();
    runs[0]?.handle.progress({ done: 99 });
    await vi.advanceTimersByTimeAsync(500);
    expect(await opened.jobOf(id)).toMatchObject({ state: 'done', done: 0 });
    expect(opened.changes.at(-1)?.state).toBe('done');
  });
});

describe('cancelling', () => {
  test('a running job stops and the next one starts', async () => {
    const runs = registerSteered(opened.service, 'train');
    const first = opened.service.jobs.start('train', 'First', {});
    opened.service.jobs.start('train', 'Second', {});
    await settle();
    await opened.service.handlers['jobs.cancel']({ jobId: first }, callContext);
    await settle();
    expect(await opened.jobOf(first)).toMatchObject({ state: 'cancelled', resumable: true });
    expect(runs).toHaveLength(2);
    expect(opened.log.lines).toEqual([]);
  });

  test('a queued job never runs', async () => {
    const runs = registerSteered(opened.service, 'train');
    opened.service.jobs.start('train', 'First', {});
    const second = opened.service.jobs.start('train', 'Second', {});
    await opened.service.handlers['jobs.cancel']({ jobId: second }, callContext);
    await settle();
    runs[0]?.finish();
    await settle();
    expect((await opened.jobOf(second))?.state).toBe('cancelled');
    expect(runs).toHaveLength(1);
  });

  test('a job that was done all the same is done; a finished or unknown one is no matter', async () => {
    opened.service.jobs.register('export', {
      resumable: false,
      run: async () => ({ exportId: 'a' }),
    });
    const id = opened.service.jobs.start('export', 'Export', {});
    const unknown = () => opened.service.handlers['jobs.cancel']({ jobId: 'job-99' }, callContext);
    await settle();
    await opened.service.handlers['jobs.cancel']({ jobId: id }, callContext);
    expect((await opened.jobOf(id))?.state).toBe('done');
    expect(unknown).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

describe('resuming', () => {
  test('starts again with the same parameters and takes the old one off the list', async () => {
    const runs = registerSteered(opened.service, 'train');
    const id = opened.service.jobs.start('train', 'Training', { epochs: 9, labels: ['a'] });
    await settle();
    await opened.service.handlers['jobs.cancel']({ jobId: id }, callContext);
    await settle();
    const { jobId } = await opened.service.handlers['jobs.resume']({ jobId: id }, callContext);
    await settle();
    expect(runs[1]?.parameters).toEqual({ epochs: 9, labels: ['a'] });
    expect((await opened.list()).map((job) => job.id)).toEqual([jobId]);
    expect(opened.dismissed).toEqual([id]);
  });

  test('is refused for what runs, is done or has no way back', async () => {
    const runs = registerSteered(opened.service, 'train');
    registerSteered(opened.service, 'export', false);
    const running = opened.service.jobs.start('train', 'Training', {});
    const cancelled = opened.service.jobs.start('export', 'Export', {});
    await settle();
    await opened.service.handlers['jobs.cancel']({ jobId: cancelled }, callContext);
    await settle();
    const resume = (jobId: JobId) => () =>
      opened.service.handlers['jobs.resume']({ jobId }, callContext);
    expect(resume(running)).toThrow(expect.objectContaining({ code: 'bad-request' }));
    expect(resume(cancelled)).toThrow(expect.objectContaining({ code: 'bad-request' }));
    runs[0]?.finish();
    await settle();
    expect(resume(running)).toThrow(expect.objectContaining({ code: 'bad-request' }));
  });
});

test('a database that fails does not stop the job itself', async () => {
  const runs = registerSteered(opened.service, 'train');
  opened.service.jobs.start('train', 'Training', {});
  await settle();
  opened.database.execute('ALTER TABLE jobs RENAME TO away');
  runs[0]?.finish();
  await settle();
  expect(opened.changes.at(-1)?.state).toBe('done');
  expect(opened.log.lines.join()).toContain('could not be saved');
  opened.database.execute('ALTER TABLE away RENAME TO jobs');
});

test('who listens is told of every end, and of none after', async () => {
  const runs = registerSteered(opened.service, 'import');
  const heard: string[] = [];
  const stop = opened.service.jobs.onFinished(({ id, state }) => heard.push(`${id} ${state}`));
  for (const name of ['one', 'two', 'three']) opened.service.jobs.start('import', name, {});
  await vi.waitFor(() => expect(runs).toHaveLength(1));
  await opened.service.handlers['jobs.cancel']({ jobId: 'job-3' }, callContext);
  runs[0]?.finish({ importId: 'a' });
  await vi.waitFor(() => expect(runs).toHaveLength(2));
  runs[1]?.fail(new AppError('no-space', 'Full.'));
  await vi.waitFor(() => expect(heard).toEqual(['job-3 cancelled', 'job-1 done', 'job-2 failed']));
  stop();
  opened.service.jobs.start('import', 'four', {});
  await vi.waitFor(() => expect(runs).toHaveLength(3));
  runs[2]?.finish();
  await vi.waitFor(async () => expect((await opened.jobOf('job-4'))?.state).toBe('done'));
  expect(heard).toHaveLength(3);
});
