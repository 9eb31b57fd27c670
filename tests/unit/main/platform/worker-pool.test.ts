import { fileURLToPath } from 'node:url';
import { createWorkerPool, type WorkerPool } from '@main/platform/worker-pool';
import { afterEach, describe, expect, test } from 'vitest';
import { createFakeLogger } from '../../../fakes/fake-logger';

const workerFile = fileURLToPath(
  new URL('../../../fixtures/worker/pool-worker.mjs', import.meta.url),
);

let log = createFakeLogger();
const pools: WorkerPool[] = [];

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.dispose()));
});

function openPool(size: number, cancelGraceMs?: number): WorkerPool {
  log = createFakeLogger();
  const pool = createWorkerPool({
    workerFile,
    size,
    log,
    resourceLimits: { maxOldGenerationSizeMb: 64 },
    cancelGraceMs,
  });
  pools.push(pool);
  return pool;
}

const behave = (
  pool: WorkerPool,
  behavior: string,
  argument = '',
  options: Parameters<typeof pool.run<'hash-files'>>[2] = {},
) =>
  pool.run('hash-files', { paths: [behavior, argument] }, options).then(({ hashes }) => hashes[0]);

const refusal = (code: string) => expect.objectContaining({ name: 'AppError', code });

test('runs a task and returns its output, typed arrays included', async () => {
  const pool = openPool(1);
  await expect(behave(pool, 'echo', 'hello')).resolves.toBe('hello');
  const { jpeg } = await pool.run('render-photo', { path: '', size: 100_000 });
  expect(jpeg).toEqual(new Uint8Array(100_000).fill(7));
});

test('one thread serves one task after the other and is kept', async () => {
  const pool = openPool(1);
  const counts = await Promise.all([1, 2, 3].map(() => behave(pool, 'count')));
  expect(counts).toEqual(['1', '2', '3']);
});

test('a prepared thread is the one that serves, and there is never a second for nothing', async () => {
  const pool = openPool(2);
  pool.prepare();
  pool.prepare();
  // Each thread counts for itself.
  expect(await behave(pool, 'count')).toBe('1');
  pool.prepare();
  expect(await behave(pool, 'count')).toBe('2');
  await pool.dispose();
  expect(() => pool.prepare()).not.toThrow();
});

test('progress arrives in order before the result', async () => {
  const pool = openPool(1);
  const seen: number[] = [];
  const input = {
    photos: [],
    backbone: undefined as never,
    backboneFile: '',
    recipe: undefined as never,
    mirrored: false,
    cacheFile: '',
  };
  await pool.run('extract-features', input, { onProgress: ({ done }) => seen.push(done) });
  expect(seen).toEqual([1, 2, 3]);
});

describe('priority', () => {
  test('background tasks wait until no normal one does', async () => {
    const pool = openPool(1);
    const order: string[] = [];
    const note = (name: string, priority?: 'background') =>
      behave(pool, 'sleep', '5', { priority }).then(() => order.push(name));
    const first = note('first');
    const all = [note('later', 'background'), note('now 1'), note('now 2')];
    await Promise.all([first, ...all]);
    expect(order).toEqual(['first', 'now 1', 'now 2', 'later']);
  });

  test('held background tasks wait for the hold to end, others do not', async () => {
    const pool = openPool(1);
    const order: string[] = [];
    pool.holdBackground(60_000);
    const held = behave(pool, 'echo', '', { priority: 'background' }).then(() =>
      order.push('held'),
    );
    await behave(pool, 'echo').then(() => order.push('normal'));
    expect(order).toEqual(['normal']);
    pool.holdBackground(0);
    await held;
    expect(order).toEqual(['normal', 'held']);
  });

  test('a held task can be cancelled', async () => {
    const pool = openPool(1);
    pool.holdBackground(60_000);
    const controller = new AbortController();
    const held = behave(pool, 'echo', '', { priority: 'background', signal: controller.signal });
    controller.abort();
    await expect(held).rejects.toEqual(refusal('cancelled'));
  });
});

describe('errors', () => {
  test('an AppError keeps code, message and remedy', async () => {
    const error = await behave(openPool(1), 'app-error', 'Blurred.').catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'photo-unreadable',
      message: 'Blurred.',
      remedy: 'Take another one.',
    });
    expect(log.lines).toEqual([]);
  });

  test('a defect becomes one sentence; its stack goes to the log', async () => {
    const error = await behave(openPool(1), 'defect', 'xyz').catch((e: unknown) => e);
    expect(error).toEqual(refusal('internal'));
    expect(String(error)).not.toContain('xyz');
    expect(log.lines.join()).toMatch(/TypeError: defect xyz.*at /s);
  });

  test('what a task prints goes to the log', async () => {
    await behave(openPool(1), 'print', 'from native code');
    await expect.poll(() => log.lines).toContain('info worker: from native code');
  });

  test('a worker file that is not there rejects the task', async () => {
    const pool = createWorkerPool({ workerFile: `${workerFile}.missing`, size: 1, log });
    pools.push(pool);
    await expect(behave(pool, 'echo')).rejects.toEqual(refusal('internal'));
  });
});

describe('a crashed thread', () => {
  test.each([
    ['exit', 'internal'],
    ['crash', 'internal'],
    ['out-of-memory', 'runtime-failed'],
  ])('by %s rejects its task only and is replaced', async (behavior, code) => {
    const pool = openPool(1);
    await expect(behave(pool, 'count')).resolves.toBe('1');
    const crashed = behave(pool, behavior);
    const next = behave(pool, 'count');
    await expect(crashed).rejects.toEqual(refusal(code));
    await expect(next).resolves.toBe('1');
    expect(log.lines.join()).toContain('A worker thread');
  });
});

describe('cancelling', () => {
  test('a waiting task never starts', async () => {
    const pool = openPool(1);
    const controller = new AbortController();
    const first = behave(pool, 'count');
    const second = behave(pool, 'count', '', { signal: controller.signal });
    const third = behave(pool, 'count');
    controller.abort();
    await expect(second).rejects.toEqual(refusal('cancelled'));
    await expect(Promise.all([first, third])).resolves.toEqual(['1', '2']);
  });

  test('a running task stops and its thread is used again', async () => {
    const pool = openPool(1);
    const controller = new AbortController();
    const running = behave(pool, 'until-cancelled', '', { signal: controller.signal });
    const next = behave(pool, 'count');
    setTimeout(() => controller.abort(), 20);
    await expect(running).rejects.toEqual(refusal('cancelled'));
    await expect(next).resolves.toBe('2');
  });

  test('a task that does not listen is ended with its thread', async () => {
    const pool = openPool(1, 50);
    await behave(pool, 'count');
    const controller = new AbortController();
    const deaf = behave(pool, 'deaf', '', { signal: controller.signal });
    controller.abort();
    await expect(deaf).rejects.toEqual(refusal('cancelled'));
    await expect(behave(pool, 'count')).resolves.toBe('1');
  });

  test('an aborted signal refuses the task at once', async () => {
    const pool = openPool(1);
    await expect(behave(pool, 'echo', '', { signal: AbortSignal.abort() })).rejects.toEqual(
      refusal('cancelled'),
    );
  });
});

test('dispose cancels what runs and waits, and refuses what comes later', async () => {
  const pool = openPool(1);
  const running = behave(pool, 'until-cancelled').catch((error: unknown) => error);
  const waiting = behave(pool, 'echo').catch((error: unknown) => error);
  await pool.dispose();
  expect(await running).toEqual(refusal('cancelled'));
  expect(await waiting).toEqual(refusal('cancelled'));
  await expect(behave(pool, 'echo')).rejects.toEqual(refusal('cancelled'));
});
