import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { writeTflite } from '@main/engine/graph/write-tflite';
import type { Runtime } from '@main/engine/runtime/runtime';
import { openCacheStore } from '@main/platform/cache-store';
import { crossCheck } from '@main/workers/cross-check';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { createTaskContext } from '../../../fakes/fake-task-context';
import { makePhotos } from '../../../fixtures/make-photos';
import { smallClassifier, smallContract } from '../../../fixtures/small-classifier';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

/** The same runtime under another name, whose answers are changed on their way out. */
const another = (change: (answer: Float32Array) => Float32Array): Runtime => ({
  ...runtime,
  name: 'Other runtime 2.0',
  async load(file) {
    const model = await runtime.load(file);
    return {
      inputs: model.inputs,
      outputs: model.outputs,
      loadMs: model.loadMs,
      lastRunMs: 1,
      run: async (inputs) => (await model.run(inputs)).map((it) => change(Float32Array.from(it))),
      dispose: () => model.dispose(),
    };
  },
});

async function check(other: Runtime | undefined, signal = new AbortController().signal) {
  const folder = temporaryFolder();
  const modelFile = join(folder, 'model.tflite');
  writeFileSync(modelFile, writeTflite(smallClassifier()));
  const [path = ''] = await makePhotos(folder, ['a.jpg']);
  const cache = openCacheStore(join(folder, 'cache.sqlite'));
  onTestFinished(() => cache.close());
  const photo = (photoId: number, file: string) => ({ photoId, sha256: '', path: file });
  const photos = [photo(1, path), photo(2, join(folder, 'gone.jpg'))];
  const preprocessing = smallContract();
  return crossCheck(
    { modelFile, preprocessing, photos, cacheFile: join(folder, 'cache.sqlite') },
    createTaskContext(runtime, {
      otherRuntime: () => Promise.resolve(other),
      cache: () => cache,
      signal,
    }),
  );
}

it('finds the same answers on the photos that can be read', async () => {
  expect(await check(another((answer) => answer))).toEqual({
    checked: {
      runtimes: [runtime.name, 'Other runtime 2.0'],
      photos: 1,
      sameLabel: 1,
      largestDifference: 0,
    },
  });
});

it('tells by how much two runtimes differ', async () => {
  const { checked } = await check(another((answer) => answer.map((value) => value / 2)));
  expect(checked).toMatchObject({ sameLabel: 1 });
  expect(checked?.largestDifference).toBeGreaterThan(0.1);
  expect((await check(another((answer) => answer.reverse()))).checked?.sameLabel).toBe(0);
});

it('keeps an answer that is no number', async () => {
  const { checked } = await check(another((answer) => answer.fill(Number.NaN)));
  expect(checked?.largestDifference).toBeNaN();
});

it('checks nothing where there is no second runtime', async () => {
  expect(await check(undefined)).toEqual({});
});

it('ends when it is cancelled', async () => {
  await expect(
    check(
      another((answer) => answer),
      AbortSignal.abort(),
    ),
  ).rejects.toMatchObject({
    code: 'cancelled',
  });
});
