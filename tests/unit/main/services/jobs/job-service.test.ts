import type { Database } from '@main/platform/database/database';
import { migrate } from '@main/platform/database/migrate';
import { migrations } from '@main/platform/database/migrations';
import { openDatabase } from '@main/platform/database/open-database';
import { createJobService, type JobService } from '@main/services/jobs/job-service';
import type { JobHandle } from '@main/services/ports';
import type { Emit } from '@shared/api/contract';
import { AppError, throwIfCancelled } from '@shared/api/errors';
import type { Job, JobId, JobKind } from '@shared/domain/job';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFakeLogger } from '../../../../fakes/fake-logger';

let database: Database;
let log: ReturnType<typeof createFakeLogger>;
let changes: Job[];
let dismissed: JobId[];
let service: JobService;

const callContext = { signal: new AbortController().signal };

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2025-01-01T10:00:00Z') });
  database = openDatabase(':memory:');
  migrate(database, migrations);
  log = createFakeLogger();
  changes = [];
  dismissed = [];
  service = openService();
});

afterEach(() => {
  database.close();
  vi.useRealTimers();
});

function openService(): JobService {
  const emit = ((name: string, payload: { job: Job } & { jobId: JobId }) => {
    if (name === 'jobs.changed') changes.push(payload.job);
    else dismissed.push(payload.jobId);
  }) as Emit;
  return createJobService({ database, emit, log, now: () => new Date() });
}

const list = async (of = service) => (await of.handlers['jobs.list']({}, callContext)).jobs;
const jobOf = async (id: JobId) => (await list()).find((job) => job.id === id);

/** A job whose end the test decides, which stops when it is cancelled. */
function registerSteered(of: JobService, kind: JobKind, resumable = true) {
  const runs: {
    parameters: unknown;
    handle: JobHandle;
    finish(result?: Record<string, string>): void;
    fail(error: unknown): void;
  }[] = [];
  of.jobs.register(kind, {
    resumable,
    run: (parameters: unknown, handle) =>
      new Promise((resolve, reject) => {
        runs.push({ parameters, handle, finish: (result = {}) => resolve(result), fail: reject });
        handle.signal.addEventListener('abort', () => {
          try {
            throwIfCancelled(handle.signal);
          } catch (error) {
            reject(error);
          }
        });
      }),
  });
  return runs;
}

const settle = () => vi.advanceTimersByTimeAsync(0);

test('a job is queued, runs and is done with its result', async () => {
  const runs = registerSteered(service, 'train');
  const id = service.jobs.start('train', 'Training', { epochs: 3 });
  expect(id).toBe('job-1');
  await settle();
  expect(runs[0]?.parameters).toEqual({ epochs: 3 });
  runs[0]?.finish({ modelId: 'model-1' });
  await settle();
  expect(changes.map((job) => job.state)).toEqual(['queued', 'running', 'done']);
  expect(await jobOf(id)).toMatchObject({
    state: 'done',
    title: 'Training',
    result: { modelId: 'model-1' },
    resumable: false,
    startedAt: '2025-01-01T10:00:00.000Z',
    finishedAt: '2025-01-01T10:00:00.000Z',
  });
});

test('one at a time a kind, in order; kinds run side by side', async () => {
  const trainings = registerSteered(service, 'train');
  const imports = registerSteered(service, 'import');
  const first = service.jobs.start('train', 'First', 1);
  const second = service.jobs.start('train', 'Second', 2);
  service.jobs.start('import', 'Import', 3);
  await settle();
  expect(trainings).toHaveLength(1);
  expect(imports).toHaveLength(1);
  expect((await jobOf(second))?.state).toBe('queued');
  trainings[0]?.fail(new AppError('not-ready', 'Too few photos.', 'Add some.'));
  await settle();
  expect(trainings.map((run) => run.parameters)).toEqual([1, 2]);
  expect(await jobOf(first)).toMatchObject({
    state: 'failed',
    error: { code: 'not-ready', message: 'Too few photos.', remedy: 'Add some.' },
  });
  expect(log.lines).toEqual([]);
});

test('a defect is one sentence for people and a stack in the log', async () => {
  const runs = registerSteered(service, 'train');
  const id = service.jobs.start('train', 'Training', {});
  await settle();
  runs[0]?.fail(new TypeError('x is undefined'));
  await settle();
  expect((await jobOf(id))?.error).toMatchObject({ code: 'internal' });
  expect(log.lines.join()).toContain('TypeError: x is undefined');
});

describe('progress', () => {
  test('is shown at most ten times a second, and the last one always', async () => {
    const runs = registerSteered(service, 'import');
    service.jobs.start('import', 'Import', {});
    await settle();
    changes.length = 0;
    for (let done = 1; done <= 200; done++) {
      runs[0]?.handle.progress({ done, total: 200 });
      await vi.advanceTimersByTimeAsync(5);
    }
    expect(changes.length).toBeGreaterThanOrEqual(9);
    expect(changes.length).toBeLessThanOrEqual(11);
    await vi.advanceTimersByTimeAsync(100);
    expect(changes.at(-1)).toMatchObject({ done: 200, total: 200 });
    const shown = changes.length;
    await vi.advanceTimersByTimeAsync(1000);
    expect(changes).toHaveLength(shown);
  });

  test('carries step, log lines and the estimated time left', async () => {
    const runs = registerSteered(service, 'import');
    const id = service.jobs.start('import', 'Import', {});
    await settle();
    const handle = runs[0]?.handle;
    handle?.progress({ done: 0, total: 100, step: 'Reading' });
    await vi.advanceTimersByTimeAsync(2000);
    handle?.progress({ done: 20 });
    for (let line = 1; line <= 250; line++) handle?.log(`line ${line}`);
    await vi.advanceTimersByTimeAsync(100);
    const job = await jobOf(id);
    expect(job).toMatchObject({ step: 'Reading', done: 20, total: 100 });
    expect(job?.remainingMs).toBe(8400);
    expect(job?.log).toHaveLength(200);
    expect(job?.log.at(-1)).toBe('line 250');
  });

  test('after the end is not heard', async () => {
    const runs = registerSteered(service, 'import');
    const id = service.jobs.start('import', 'Import', {});
    await settle();
    runs[0]?.finish();
    await settle();
    runs[0]?.handle.progress({ done: 99 });
    await vi.advanceTimersByTimeAsync(500);
    expect(await jobOf(id)).toMatchObject({ state: 'done', done: 0 });
    expect(changes.at(-1)?.state).toBe('done');
  });
});

describe('cancelling', () => {
  test('a running job stops and the next one starts', async () => {
    const runs = registerSteered(service, 'train');
    const first = service.jobs.start('train', 'First', {});
    service.jobs.start('train', 'Second', {});
    await settle();
    await service.handlers['jobs.cancel']({ jobId: first }, callContext);
    await settle();
    expect(await jobOf(first)).toMatchObject({ state: 'cancelled', resumable: true });
    expect(runs).toHaveLength(2);
    expect(log.lines).toEqual([]);
  });

  test('a queued job never runs', async () => {
    const runs = registerSteered(service, 'train');
    service.jobs.start('train', 'First', {});
    const second = service.jobs.start('train', 'Second', {});
    await service.handlers['jobs.cancel']({ jobId: second }, callContext);
    await settle();
    runs[0]?.finish();
    await settle();
    expect((await jobOf(second))?.state).toBe('cancelled');
    expect(runs).toHaveLength(1);
  });

  test('a job that was done all the same is done; a finished or unknown one is no matter', async () => {
    service.jobs.register('export', { resumable: false, run: async () => ({ exportId: 'a' }) });
    const id = service.jobs.start('export', 'Export', {});
    const unknown = () => service.handlers['jobs.cancel']({ jobId: 'job-99' }, callContext);
    await settle();
    await service.handlers['jobs.cancel']({ jobId: id }, callContext);
    expect((await jobOf(id))?.state).toBe('done');
    expect(unknown).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

describe('resuming', () => {
  test('starts again with the same parameters and takes the old one off the list', async () => {
    const runs = registerSteered(service, 'train');
    const id = service.jobs.start('train', 'Training', { epochs: 9, labels: ['a'] });
    await settle();
    await service.handlers['jobs.cancel']({ jobId: id }, callContext);
    await settle();
    const { jobId } = await service.handlers['jobs.resume']({ jobId: id }, callContext);
    await settle();
    expect(runs[1]?.parameters).toEqual({ epochs: 9, labels: ['a'] });
    expect((await list()).map((job) => job.id)).toEqual([jobId]);
    expect(dismissed).toEqual([id]);
  });

  test('is refused for what runs, is done or has no way back', async () => {
    const runs = registerSteered(service, 'train');
    registerSteered(service, 'export', false);
    const running = service.jobs.start('train', 'Training', {});
    const cancelled = service.jobs.start('export', 'Export', {});
    await settle();
    await service.handlers['jobs.cancel']({ jobId: cancelled }, callContext);
    await settle();
    const resume = (jobId: JobId) => () => service.handlers['jobs.resume']({ jobId }, callContext);
    expect(resume(running)).toThrow(expect.objectContaining({ code: 'bad-request' }));
    expect(resume(cancelled)).toThrow(expect.objectContaining({ code: 'bad-request' }));
    runs[0]?.finish();
    await settle();
    expect(resume(running)).toThrow(expect.objectContaining({ code: 'bad-request' }));
  });
});

describe('when the program ends', () => {
  test('killed: what ran and waited is interrupted at the next opening and can be resumed', async () => {
    const runs = registerSteered(service, 'train');
    const first = service.jobs.start('train', 'First', { n: 1 });
    service.jobs.start('train', 'Second', { n: 2 });
    await settle();
    runs[0]?.handle.progress({ done: 4, total: 10 });
    await vi.advanceTimersByTimeAsync(1500);
    runs[0]?.handle.progress({ done: 5 });

    service = openService();
    const again = registerSteered(service, 'train');
    expect((await list()).map((job) => job.state)).toEqual(['interrupted', 'interrupted']);
    expect(await jobOf(first)).toMatchObject({ done: 5, total: 10, resumable: true });
    const { jobId } = await service.handlers['jobs.resume']({ jobId: first }, callContext);
    await settle();
    expect(jobId).toBe('job-3');
    expect(again[0]?.parameters).toEqual({ n: 1 });
  });

  test('killed: what begins by itself again is not listed', async () => {
    registerSteered(service, 'features');
    service.jobs.start('features', 'Preparing', {});
    await settle();
    const reopened = openService();
    reopened.jobs.register('features', {
      resumable: true,
      beginsByItself: true,
      run: () => Promise.resolve({}),
    });
    expect(await list(reopened)).toEqual([]);
  });

  test('closed: what ran and waited is interrupted, and nothing starts any more', async () => {
    const runs = registerSteered(service, 'train');
    service.jobs.start('train', 'First', {});
    service.jobs.start('train', 'Second', {});
    await settle();
    await service.dispose();
    expect((await list()).map((job) => job.state)).toEqual(['interrupted', 'interrupted']);
    expect(runs).toHaveLength(1);
    expect(() => service.jobs.start('train', 'Third', {})).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });

  test('closed: a job that ends well meanwhile is done, one that was cancelled stays so', async () => {
    let finish: (result: Record<string, string>) => void = () => undefined;
    service.jobs.register('export', {
      resumable: true,
      run: () => new Promise((resolve) => (finish = resolve)),
    });
    registerSteered(service, 'train');
    const exporting = service.jobs.start('export', 'Export', {});
    const training = service.jobs.start('train', 'Training', {});
    await settle();
    await service.handlers['jobs.cancel']({ jobId: training }, callContext);
    const disposing = service.dispose();
    finish({ exportId: 'export-1' });
    await disposing;
    expect((await jobOf(exporting))?.state).toBe('done');
    expect((await jobOf(training))?.state).toBe('cancelled');
  });

  test('closed: a job that never stops is given up and writes nothing more', async () => {
    let finish: (result: Record<string, string>) => void = () => undefined;
    service.jobs.register('export', {
      resumable: true,
      run: () => new Promise((resolve) => (finish = resolve)),
    });
    service.jobs.start('export', 'Export', {});
    await settle();
    const disposing = service.dispose();
    await vi.advanceTimersByTimeAsync(20_000);
    await disposing;
    expect((await list())[0]?.state).toBe('interrupted');
    const shown = changes.length;
    finish({});
    await settle();
    expect((await list())[0]?.state).toBe('interrupted');
    expect(changes).toHaveLength(shown);
    expect(log.lines.join()).toContain('did not stop');
  });
});

describe('the list', () => {
  test('has the newest first and at most 50 finished ones, before and after a restart', async () => {
    service.jobs.register('export', { resumable: false, run: async () => ({}) });
    const runs = registerSteered(service, 'train');
    const running = service.jobs.start('train', 'Training', {});
    for (let i = 0; i < 60; i++) service.jobs.start('export', `Export ${i}`, {});
    await settle();
    const jobs = await list();
    expect(runs).toHaveLength(1);
    expect(jobs).toHaveLength(51);
    expect(jobs[0]?.title).toBe('Export 59');
    expect(jobs.at(-1)?.id).toBe(running);

    // The one that ran is finished now too: interrupted.
    service = openService();
    expect(await list()).toHaveLength(50);
    const stored = database.get<{ n: number }>('SELECT count(*) AS n FROM jobs');
    expect(stored?.n).toBe(50);
  });

  test('a dismissed job is gone for good and its number is not used again', async () => {
    service.jobs.register('export', { resumable: false, run: async () => ({}) });
    const id = service.jobs.start('export', 'Export', {});
    await settle();
    await service.handlers['jobs.dismiss']({ jobId: id }, callContext);
    expect(await list()).toEqual([]);
    service = openService();
    service.jobs.register('export', { resumable: false, run: async () => ({}) });
    expect(service.jobs.start('export', 'Export', {})).toBe('job-2');
    await settle();
  });

  test('what runs can not be dismissed', async () => {
    registerSteered(service, 'train');
    const id = service.jobs.start('train', 'Training', {});
    await settle();
    expect(() => service.handlers['jobs.dismiss']({ jobId: id }, callContext)).toThrow(
      expect.objectContaining({ code: 'busy' }),
    );
  });
});

test('a database that fails does not stop the job itself', async () => {
  const runs = registerSteered(service, 'train');
  service.jobs.start('train', 'Training', {});
  await settle();
  database.execute('ALTER TABLE jobs RENAME TO away');
  runs[0]?.finish();
  await settle();
  expect(changes.at(-1)?.state).toBe('done');
  expect(log.lines.join()).toContain('could not be saved');
  database.execute('ALTER TABLE away RENAME TO jobs');
});

test('who listens is told of every end, and of none after', async () => {
  const runs = registerSteered(service, 'import');
  const heard: string[] = [];
  const stop = service.jobs.onFinished(({ id, state }) => heard.push(`${id} ${state}`));
  for (const name of ['one', 'two', 'three']) service.jobs.start('import', name, {});
  await vi.waitFor(() => expect(runs).toHaveLength(1));
  await service.handlers['jobs.cancel']({ jobId: 'job-3' }, callContext);
  runs[0]?.finish({ importId: 'a' });
  await vi.waitFor(() => expect(runs).toHaveLength(2));
  runs[1]?.fail(new AppError('no-space', 'Full.'));
  await vi.waitFor(() => expect(heard).toEqual(['job-3 cancelled', 'job-1 done', 'job-2 failed']));
  stop();
  service.jobs.start('import', 'four', {});
  await vi.waitFor(() => expect(runs).toHaveLength(3));
  runs[2]?.finish();
  await vi.waitFor(async () => expect((await jobOf('job-4'))?.state).toBe('done'));
  expect(heard).toHaveLength(3);
});
