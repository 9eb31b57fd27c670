import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TensorData } from '@main/engine/runtime/runtime';
import { measureLatency } from '@main/workers/measure-latency';
import type { PhotoSource } from '@main/workers/tasks';
import type { Preprocessing } from '@shared/domain/preprocessing';
import { createFakeRuntime } from '../../../fakes/fake-runtime';
import { createPreprocessing } from '../../../fakes/fake-model';
import { createTaskContext } from '../../../fakes/fake-task-context';

let folder: string;
let photo: PhotoSource;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latency-'));
  const red = { width: 8, height: 8, channels: 3, background: '#ff0000' } as const;
  photo = { photoId: 1, sha256: '', path: join(folder, 'red.png') };
  await sharp({ create: red }).png().toFile(photo.path);
});

afterEach(() => rm(folder, { recursive: true }));

async function modelFile(name: number): Promise<string> {
  const file = join(folder, `${name}.tflite`);
  await writeFile(file, new Uint8Array([name]));
  return file;
}

const preprocessing: Preprocessing = createPreprocessing({ width: 4, height: 4 });
const bytesIn: Preprocessing = {
  ...preprocessing,
  input: { type: 'uint8', scale: 1 / 127.5, zeroPoint: 127 },
};

describe('measureLatency', () => {
  it('lets models take turns, warms up uncounted, and gives everything back', async () => {
    const runtime = createFakeRuntime();
    const progress: number[] = [];
    const result = await measureLatency(
      {
        models: [
          { file: await modelFile(1), preprocessing },
          { file: await modelFile(2), preprocessing: bytesIn },
        ],
        photos: [photo],
        warmupRuns: 2,
        runs: 3,
      },
      createTaskContext<'measure-latency'>(runtime, { report: ({ done }) => progress.push(done) }),
    );
    expect(runtime.ran).toEqual([1, 2, 2, 1, 1, 2, 2, 1, 1, 2]);
    expect(result.models.map((model) => model.timesMs.length)).toEqual([3, 3]);
    expect(result.models.map((model) => model.loadMs)).toEqual([11, 12]);
    expect(result).toMatchObject({
      threads: 1,
      warmupRuns: 2,
      runtime: 'Fake runtime 1.0',
    });
    expect(progress).toEqual([1, 2, 3, 4, 5]);
    expect(runtime.open).toBe(0);
  });

  it('feeds each model its own encoding of the photo', async () => {
    const seen: TensorData[] = [];
    const runtime = createFakeRuntime((_, input) => {
      seen.push(input);
      return new Float32Array([1]);
    });
    await measureLatency(
      {
        models: [
          { file: await modelFile(1), preprocessing },
          { file: await modelFile(2), preprocessing: bytesIn },
        ],
        photos: [photo],
        warmupRuns: 0,
        runs: 1,
      },
      createTaskContext<'measure-latency'>(runtime),
    );
    expect(seen[0]).toBeInstanceOf(Float32Array);
    expect(Array.from(seen[0] ?? []).slice(0, 3)).toEqual([1, -1, -1]);
    expect(seen[1]).toBeInstanceOf(Uint8Array);
    // 1 / (1 / 127.5) = 127.5 is rounded away from zero to 128 and shifted by 127; -127.5 to -128.
    expect(Array.from(seen[1] ?? []).slice(0, 3)).toEqual([255, 0, 0]);
  });

  it('ends early when rounds take too long, though not before a few, and says how many it made', async () => {
    const runtime = createFakeRuntime();
    const result = await measureLatency(
      {
        models: [{ file: await modelFile(1), preprocessing }],
        photos: [photo],
        warmupRuns: 8,
        runs: 50,
        mostMs: 0,
      },
      createTaskContext<'measure-latency'>(runtime),
    );
    expect(result.warmupRuns).toBe(2);
    expect(result.models[0]?.timesMs).toHaveLength(10);
    expect(runtime.ran).toHaveLength(12);
  });

  it('times with more threads too, in the same rounds, in a runtime that ends', async () => {
    const own = createFakeRuntime();
    const more = createFakeRuntime();
    const ended: number[] = [];
    const withThreads = async (threads: number) => ({
      ...more,
      threads,
      dispose: async () => void ended.push(threads),
    });
    const result = await measureLatency(
      {
        models: [
          { file: await modelFile(1), preprocessing },
          { file: await modelFile(2), preprocessing },
        ],
        photos: [photo],
        warmupRuns: 1,
        runs: 2,
        alsoThreads: 3,
      },
      createTaskContext<'measure-latency'>({ ...own, withThreads }),
    );
    expect(result.threads).toBe(1);
    expect(
      result.models.map(({ timesMs, threadedTimesMs = [] }) => [
        timesMs.length,
        threadedTimesMs.length,
      ]),
    ).toEqual([
      [2, 2],
      [2, 2],
    ]);
    // Of four contenders the next one begins in each of three rounds.
    expect(own.ran).toEqual([1, 2, 2, 1, 1, 2]);
    expect(more.ran).toEqual([1, 2, 1, 2, 1, 2]);
    expect(ended).toEqual([3]);
  });

  it('never passes one thread off as several', async () => {
    const { models } = await measureLatency(
      {
        models: [{ file: await modelFile(1), preprocessing }],
        photos: [photo],
        warmupRuns: 0,
        runs: 1,
        alsoThreads: 2,
      },
      createTaskContext<'measure-latency'>(createFakeRuntime()),
    );
    expect(models).toEqual([{ loadMs: 11, timesMs: [1], threadedTimesMs: undefined }]);
  });

  it('stops between rounds when cancelled, and gives the models back', async () => {
    const controller = new AbortController();
    const runtime = createFakeRuntime();
    const task = measureLatency(
      {
        models: [{ file: await modelFile(1), preprocessing }],
        photos: [photo],
        warmupRuns: 0,
        runs: 1000,
      },
      createTaskContext<'measure-latency'>(runtime, {
        signal: controller.signal,
        // As a message to a worker would: in a later turn of the event loop.
        report: ({ done }) => {
          if (done === 3) setImmediate(() => controller.abort());
        },
      }),
    );
    await expect(task).rejects.toMatchObject({ code: 'cancelled' });
    expect(runtime.ran.length).toBeLessThan(10);
    expect(runtime.open).toBe(0);
  });

  it('needs a photo', async () => {
    const task = measureLatency(
      { models: [], photos: [], warmupRuns: 1, runs: 1 },
      createTaskContext<'measure-latency'>(createFakeRuntime()),
    );
    await expect(task).rejects.toMatchObject({ code: 'bad-request' });
  });
});
