import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { modelInputKey } from '@main/platform/cache-kinds';
import { type CacheStore, openCacheStore } from '@main/platform/cache-store';
import { answerPhotos } from '@main/workers/answer-photos';
import type { TaskContext } from '@main/workers/task-context';
import type { PhotoSource } from '@main/workers/tasks';
import { fakeSha256 } from '../../../fakes/fake-dataset';
import { createTaskContext } from '../../../fakes/fake-task-context';
import {
  smallClassifier,
  smallContract,
  smallLabels,
  smallPhotos,
} from '../../../fixtures/small-classifier';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

const preprocessing = smallContract();
let modelFile: string;
let store: CacheStore;
let photos: PhotoSource[];

beforeEach(() => {
  const folder = temporaryFolder();
  const opened = openCacheStore(join(folder, 'cache.sqlite'));
  onTestFinished(() => opened.close());
  store = opened;
  modelFile = join(folder, 'model.tflite');
  writeFileSync(modelFile, writeTflite(smallClassifier()));
  photos = smallPhotos(6).map((pixels, index) => {
    const sha256 = fakeSha256(index);
    store.put('input', modelInputKey(sha256, preprocessing), pixels);
    return { photoId: index + 1, sha256, path: `/nowhere/${index + 1}.jpg` };
  });
});

function answer(asked: PhotoSource[], context?: Partial<TaskContext<'answer-photos'>>) {
  return answerPhotos(
    { modelFile, preprocessing, photos: asked, cacheFile: 'cache' },
    createTaskContext(runtime, { cache: () => store, ...context }),
  );
}

const row = (probabilities: Float32Array, index: number) => [
  ...probabilities.subarray(index * smallLabels.length, (index + 1) * smallLabels.length),
];

describe('answerPhotos', () => {
  it('gives a row of probabilities a photo, in the order asked for', async () => {
    const all = await answer(photos);
    expect(all.runtime).toBe(runtime.name);
    expect(all.failures).toEqual([]);
    expect(all.probabilities).toHaveLength(photos.length * smallLabels.length);
    for (const [index] of photos.entries()) {
      const answers = row(all.probabilities, index);
      expect(answers.reduce((sum, value) => sum + value)).toBeCloseTo(1, 5);
    }
    const backwards = await answer(photos.toReversed());
    expect(row(backwards.probabilities, 0)).toEqual(row(all.probabilities, photos.length - 1));
    expect(new Set(photos.map((_, index) => row(all.probabilities, index).join()))).toHaveProperty(
      'size',
      photos.length,
    );
  });

  it('leaves the row of an unreadable photo at zero and names it', async () => {
    const gone = { photoId: 50, sha256: 'e'.repeat(64), path: '/nowhere/gone.jpg' };
    const [first, second] = photos as [PhotoSource, PhotoSource];
    const { probabilities, failures } = await answer([first, gone, second]);
    expect(failures).toEqual([{ photoId: 50, reason: expect.stringContaining('gone.jpg') }]);
    expect(row(probabilities, 1)).toEqual([0, 0, 0, 0]);
    expect(row(probabilities, 2)).toEqual(row((await answer([second])).probabilities, 0));
  });

  it('reports progress and is cancelled between photos', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const run = answer(photos, {
      signal: controller.signal,
      report: ({ done }) => {
        seen.push(done);
        if (done === 3) controller.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual([1, 2, 3]);
  });

  it('refuses a file that is no model', async () => {
    writeFileSync(modelFile, 'no model');
    await expect(answer(photos)).rejects.toMatchObject({ code: 'model-unreadable' });
  });
});
