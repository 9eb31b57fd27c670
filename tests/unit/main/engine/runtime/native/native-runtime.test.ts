import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { createNativeRuntime } from '@main/engine/runtime/native/native-runtime';
import type { Runtime } from '@main/engine/runtime/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const processFile = fileURLToPath(
  new URL('../../../../../fixtures/crashing-process.mjs', import.meta.url),
);
const fine = Uint8Array.of(1);
const crashesInRun = Uint8Array.of(2);
const crashesInLoad = Uint8Array.of(3);
const logsAnError = Uint8Array.of(4);
const hangs = Uint8Array.of(5);
const refused = Uint8Array.of(6);
const input = [Float32Array.of(0.5)];

const start = (libraryFile = 'library') =>
  createNativeRuntime({ processFile, libraryFile, threads: 2 });

let runtime: Runtime;
beforeEach(async () => {
  runtime = await start();
});
afterEach(() => runtime.dispose());

/** The id of the process that ran a model. */
async function processOf(model: Awaited<ReturnType<Runtime['load']>>): Promise<number> {
  const [answer] = await model.run(input);
  expect(answer?.[1]).toBe(0.5);
  return answer?.[0] ?? 0;
}

/**
 * Whether the process still runs. A terminated thread no longer collects the exit code of its child,
 * which Linux then lists as a zombie until the program ends.
 */
function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
  } catch {
    return false;
  }
  const status = `/proc/${processId}/status`;
  return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
}

describe('a crash', () => {
  it('in an inference fails that call; the next one has a new process with its model', async () => {
    const survivor = await runtime.load(fine);
    const first = await processOf(survivor);
    const killer = await runtime.load(crashesInRun);
    await expect(killer.run(input)).rejects.toMatchObject({
      name: 'AppError',
      code: 'runtime-failed',
      message: expect.stringMatching(/ended unexpectedly .*terminate called/),
      remedy: expect.stringContaining('POCKETLENS_RUNTIME=wasm'),
    });
    const second = await processOf(survivor);
    expect(second).not.toBe(first);
    expect(await processOf(survivor)).toBe(second);
  });

  it('is followed by one new process, however many calls ask for it', async () => {
    const survivor = await runtime.load(fine);
    await expect((await runtime.load(crashesInRun)).run(input)).rejects.toThrow();
    const [first, second] = await Promise.all([processOf(survivor), processOf(survivor)]);
    expect(second).toBe(first);
  });

  it('in loading fails the loading, and another file loads', async () => {
    await expect(runtime.load(crashesInLoad)).rejects.toMatchObject({ code: 'runtime-failed' });
    expect(await processOf(await runtime.load(fine))).toBeGreaterThan(0);
  });

  it('fails every call that waits', async () => {
    const waiting = (await runtime.load(hangs)).run(input);
    const killer = await runtime.load(crashesInRun);
    const both = await Promise.allSettled([waiting, killer.run(input)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

describe('what LiteRT only logs', () => {
  it('fails the call, in the words of the first line', async () => {
    const model = await runtime.load(logsAnError);
    await expect(model.run(input)).rejects.toMatchObject({
      code: 'model-broken',
      message: 'LiteRT cannot prepare this model: node 7 failed to prepare.',
    });
    // The lines of one call are not held against the next.
    expect(await processOf(await runtime.load(fine))).toBeGreaterThan(0);
  });

  it('and what it refuses has its code', async () => {
    await expect(runtime.load(refused)).rejects.toMatchObject({
      code: 'model-unreadable',
      message: 'LiteRT cannot read this model file: no model.',
    });
  });
});

it('ends a call that is running when it is disposed, and its process', async () => {
  const processId = await processOf(await runtime.load(fine));
  const running = (await runtime.load(hangs)).run(input);
  await runtime.dispose();
  await expect(running).rejects.toMatchObject({
    code: 'runtime-failed',
    message: expect.stringContaining('closed'),
  });
  await expect.poll(() => isAlive(processId)).toBe(false);
  await expect(runtime.load(fine)).rejects.toMatchObject({ code: 'runtime-failed' });
});

it('says so when the library can’t be opened', async () => {
  await expect(start('missing')).rejects.toMatchObject({
    code: 'runtime-failed',
    message: 'LiteRT’s native library cannot be opened: no such file.',
    remedy: expect.stringContaining('litert-native:install'),
  });
});

it('says so when its process can’t be started', async () => {
  const nowhere = { processFile: '/nowhere.js', libraryFile: 'library', threads: 1 };
  await expect(createNativeRuntime(nowhere)).rejects.toMatchObject({ code: 'runtime-failed' });
});

it('leaves no process behind when the worker thread that holds it is ended', async () => {
  const script = `
    const { parentPort, workerData } = require('node:worker_threads');
    import('tsx/esm/api').then(async ({ tsImport }) => {
      const { createNativeRuntime } = await tsImport(workerData.module, workerData.module);
      const runtime = await createNativeRuntime(workerData.options);
      const model = await runtime.load(Uint8Array.of(1));
      parentPort.postMessage((await model.run([Float32Array.of(0.5)]))[0][0]);
    });`;
  const module = new URL(
    '../../../../../../src/main/engine/runtime/native/native-runtime.ts',
    import.meta.url,
  );
  const options = { processFile, libraryFile: 'library', threads: 1 };
  const worker = new Worker(script, { eval: true, workerData: { module: module.href, options } });
  const processId = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  expect(isAlive(processId)).toBe(true);
  await worker.terminate();
  await expect.poll(() => isAlive(processId)).toBe(false);
});
