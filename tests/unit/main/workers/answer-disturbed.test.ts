import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { type CacheStore, openCacheStore } from '@main/platform/cache-store';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { answerDisturbed } from '@main/workers/answer-disturbed';
import { answerPhotos } from '@main/workers/answer-photos';
import type { TaskContext } from '@main/workers/task-context';
import type { PhotoSource } from '@main/workers/tasks';
import { topAnswer } from '@shared/domain/comparison-math';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTaskContext } from '../../../fakes/fake-task-context';
import { makePhotos } from '../../../fixtures/make-photos';
import { smallClassifier, smallContract, smallLabels } from '../../../fixtures/small-classifier';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());
const preprocessing = smallContract();
const cropped = { ...preprocessing, cropFraction: 0.5 };
let modelFile: string;
let folder: string;
let photos: PhotoSource[];

let store: CacheStore;
afterEach(() => store.close());

beforeEach(async () => {
  folder = temporaryFolder();
  store = openCacheStore(join(folder, 'cache.sqlite'));
  modelFile = join(folder, 'model.tflite');
  writeFileSync(modelFile, writeTflite(smallClassifier()));
  const paths = await makePhotos(folder, ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']);
  photos = paths.map((path, index) => ({ photoId: index + 1, sha256: '', path }));
});

function ask(
  contracts: (typeof preprocessing)[],
  asked = photos,
  context: Partial<TaskContext<'answer-disturbed'>> = {},
) {
  const models = contracts.map((contract) => ({ file: modelFile, preprocessing: contract }));
  return answerDisturbed(
    { models, photos: asked, cacheFile: '' },
    createTaskContext(runtime, { cache: () => store, ...context }),
  );
}

describe('answer-disturbed', () => {
  it('starts from what the comparison says, and gives models with one recipe the same pictures', async () => {
    const { plain, disturbed, failures } = await ask([preprocessing, cropped, preprocessing]);
    const { probabilities } = await answerPhotos(
      { modelFile, preprocessing, photos },
      createTaskContext<'answer-photos'>(runtime),
    );
    const width = smallLabels.length;
    const answers = photos.map((_, row) =>
      topAnswer(probabilities.subarray(row * width, (row + 1) * width)),
    );
    expect([...(plain[0] ?? [])]).toEqual(answers);
    expect(failures).toEqual([]);
    expect(disturbed).toHaveLength(24);
    for (const { answers: rows } of disturbed) {
      expect(rows.map((row) => row.length)).toEqual([4, 4, 4]);
      expect(rows[2]).toEqual(rows[0]);
    }
  });

  it('names a photo that can’t be read and goes on', async () => {
    const gone = { photoId: 9, sha256: '', path: join(folder, 'gone.jpg') };
    const { failures, plain } = await ask([preprocessing], [gone, ...photos]);
    expect(failures).toEqual([{ photoId: 9, reason: expect.stringContaining('gone.jpg') }]);
    const { plain: without } = await ask([preprocessing]);
    expect([...(plain[0] ?? [])].slice(1)).toEqual([...(without[0] ?? [])]);
  });

  it('is cancelled between two pictures of a photo', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const run = ask([preprocessing], photos, {
      signal: controller.signal,
      report({ done }) {
        seen.push(done);
        setImmediate(() => controller.abort());
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual([1]);
  });
});
