import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { answerPhotos } from '@main/workers/answer-photos';
import { checkPreprocessing } from '@main/workers/check-preprocessing';
import type { TaskContext } from '@main/workers/task-context';
import type { PhotoSource } from '@main/workers/tasks';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createTaskContext } from '../../../fakes/fake-task-context';
import { makePhotos } from '../../../fixtures/make-photos';
import { smallClassifier, smallContract } from '../../../fixtures/small-classifier';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());
const preprocessing = smallContract();
let folder: string;
let modelFile: string;
let photos: PhotoSource[];

beforeEach(async () => {
  folder = temporaryFolder();
  modelFile = join(folder, 'model.tflite');
  writeFileSync(modelFile, writeTflite(smallClassifier()));
  const paths = await makePhotos(folder, ['a.jpg', 'b.jpg', 'c.jpg']);
  photos = paths.map((path, index) => ({ photoId: index + 1, sha256: '', path }));
});

const check = (asked: PhotoSource[], context: Partial<TaskContext<'check-preprocessing'>> = {}) =>
  checkPreprocessing(
    { modelFile, preprocessing, photos: asked },
    createTaskContext(runtime, context),
  );

describe('check-preprocessing', () => {
  it('answers as the contract says, and otherwise with each mistake that changes the input', async () => {
    const { right, mistakes, harmless, failures, runtime: name } = await check(photos);
    const { probabilities } = await answerPhotos(
      { modelFile, preprocessing, photos },
      createTaskContext<'answer-photos'>(runtime),
    );
    expect([...right]).toEqual([...probabilities]);
    expect(name).toBe(runtime.name);
    expect(failures).toEqual([]);
    // The contract crops nothing off, and is within 0.01 of -1 to 1.
    expect(harmless).toEqual(['minus-one-to-one', 'unscaled', 'uncropped']);
    expect(mistakes.map(({ mistake }) => mistake)).toEqual([
      ...['zero-to-one', 'imagenet', 'raw', 'bgr', 'stretched', 'aliased'],
      ...['turned-right', 'turned-left', 'upside-down', 'mirrored'],
    ]);
    for (const { probabilities: wrong } of mistakes) {
      expect(wrong).toHaveLength(right.length);
      expect([...wrong]).not.toEqual([...right]);
    }
  });

  it('names a photo that can’t be read and goes on', async () => {
    const gone = { photoId: 9, sha256: '', path: join(folder, 'gone.jpg') };
    const { failures, right } = await check([gone, ...photos]);
    expect(failures).toEqual([{ photoId: 9, reason: expect.stringContaining('gone.jpg') }]);
    expect([...right.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    expect(right[4]).toBeGreaterThan(0);
  });

  it('is cancelled between photos', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const run = check(photos, {
      signal: controller.signal,
      report({ done }) {
        seen.push(done);
        if (done === 2) controller.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual([1, 2]);
  });
});
