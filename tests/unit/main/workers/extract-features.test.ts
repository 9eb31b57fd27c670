import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { mirrorPixels } from '@main/engine/image/mirror-pixels';
import { createInputEncoder } from '@main/engine/runtime/encode-input';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { modelInputKey } from '@main/platform/cache-kinds';
import { type CacheStore, openCacheStore } from '@main/platform/cache-store';
import { extractFeatures } from '@main/workers/extract-features';
import { createFeatureCache } from '@main/workers/feature-cache';
import { readBackbone } from '@main/workers/load-backbone';
import type { TaskContext } from '@main/workers/task-context';
import { type Backbone, backbonePreprocessing, backboneRecipe } from '@shared/domain/backbone';
import { createTaskContext } from '../../../fakes/fake-task-context';
import {
  cacheSmallPhotos,
  type SmallPhoto,
  writeSmallBackbone,
} from '../../../fixtures/small-backbone';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

let folder: string;
let store: CacheStore;
let backbone: Backbone;
let backboneFile: string;
let photos: SmallPhoto[];

beforeEach(() => {
  folder = temporaryFolder();
  store = openCacheStore(join(folder, 'cache.sqlite'));
  const opened = store;
  onTestFinished(() => opened.close());
  ({ backbone, file: backboneFile } = writeSmallBackbone(folder));
  photos = cacheSmallPhotos(store, backbone, 5);
});

type Context = TaskContext<'extract-features'>;

function extract(
  changes: { mirrored?: boolean; photos?: SmallPhoto[] } = {},
  context?: Partial<Context>,
) {
  return extractFeatures(
    {
      photos,
      backbone,
      backboneFile,
      recipe: backboneRecipe(backbone),
      mirrored: false,
      cacheFile: '',
      ...changes,
    },
    createTaskContext(runtime, { cache: () => store, ...context }),
  );
}

/** Straight through LiteRT, without any of what is tested. */
async function directly(pixels: Uint8Array): Promise<Float32Array> {
  const model = await runtime.load(await readBackbone(backbone, backboneFile));
  const [features] = await model.run([
    createInputEncoder(backbonePreprocessing(backbone, []))(pixels),
  ]);
  model.dispose();
  return Float32Array.from(features ?? []);
}

const features = () => createFeatureCache(store, backbone, backboneRecipe(backbone));

function pixelsOf(photo: SmallPhoto | undefined): Uint8Array {
  const key = modelInputKey(photo?.sha256 ?? '', backboneRecipe(backbone));
  return store.get('input', key) ?? new Uint8Array();
}

describe('extractFeatures', () => {
  it('leaves in the cache what the backbone answers', async () => {
    const done: number[] = [];
    const report = (progress: { done: number }) => void done.push(progress.done);
    expect(await extract({}, { report })).toEqual({ failures: [] });
    expect(done).toEqual([0, 1, 2, 3, 4, 5]);
    for (const photo of photos) {
      expect(features().get(photo.sha256, false)).toEqual(await directly(pixelsOf(photo)));
      expect(features().get(photo.sha256, true)).toBeUndefined();
    }
  });

  it('computes mirrored views beside the plain ones', async () => {
    await extract({ mirrored: true });
    const [photo] = photos;
    const mirrored = mirrorPixels(pixelsOf(photo), backbone.inputSize);
    const found = features().get(photo?.sha256 ?? '', true);
    expect(found).toEqual(await directly(mirrored));
    expect(found).not.toEqual(features().get(photo?.sha256 ?? '', false));
  });

  it('computes the mirrored view of a photo whose plain one is there', async () => {
    await extract();
    await extract({ mirrored: true });
    expect(features().lacking(photos, true)).toEqual([]);
  });

  it('passes over what is there, without starting a runtime', async () => {
    await extract();
    const neverStarted = () => Promise.reject(new Error('The runtime was started'));
    const done: number[] = [];
    const again = extract(
      {},
      {
        runtime: neverStarted,
        report: (progress) => void done.push(progress.done),
      },
    );
    expect(await again).toEqual({ failures: [] });
    expect(done).toEqual([5]);
  });

  it('keeps features of two backbones apart', async () => {
    await extract();
    const [photo] = photos;
    const first = features().get(photo?.sha256 ?? '', false);
    ({ backbone, file: backboneFile } = writeSmallBackbone(folder, 6));
    expect(features().get(photo?.sha256 ?? '', false)).toBeUndefined();
    await extract();
    expect(features().get(photo?.sha256 ?? '', false)).not.toEqual(first);
    expect(features().get(photo?.sha256 ?? '', false)).toEqual(await directly(pixelsOf(photo)));
  });

  it('lists photos that can’t be read and goes on with the rest', async () => {
    const unreadable = { ...photos[0], photoId: 99, sha256: 'f'.repeat(64) } as SmallPhoto;
    const { failures } = await extract({ photos: [unreadable, ...photos] });
    expect(failures).toEqual([{ photoId: 99, reason: expect.stringMatching(/\/nowhere\/1\.jpg/) }]);
    expect(features().lacking(photos, false)).toEqual([]);
  });

  it('is cancelled between photos and keeps what was done', async () => {
    const controller = new AbortController();
    const run = extract(
      {},
      {
        signal: controller.signal,
        report: ({ done }) => {
          if (done === 2) controller.abort();
        },
      },
    );
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    // The two that were told of, and the one that had been begun meanwhile.
    expect(features().lacking(photos, false)).toHaveLength(2);
  });

  it('refuses a backbone whose file was changed', async () => {
    ({ backbone, file: backboneFile } = writeSmallBackbone(folder, 7));
    writeFileSync(backboneFile, 'something else');
    await expect(extract()).rejects.toMatchObject({
      code: 'model-unreadable',
      message: 'The file of the backbone Small is damaged.',
    });
  });

  it('loads the backbone once for many tasks, and anew after a failed inference', async () => {
    let loads = 0;
    let failing = false;
    const counting = {
      ...runtime,
      load: async (file: Uint8Array) => {
        loads += 1;
        const model = await runtime.load(file);
        return {
          ...model,
          run: (...inputs: Parameters<typeof model.run>) =>
            failing ? Promise.reject(new Error('The inference failed')) : model.run(...inputs),
        };
      },
    };
    const context = { runtime: () => Promise.resolve(counting) };
    await extract({ photos: photos.slice(0, 1) }, context);
    await extract({ photos: photos.slice(1, 2) }, context);
    expect(loads).toBe(1);
    failing = true;
    await expect(extract({}, context)).rejects.toThrow('The inference failed');
    failing = false;
    await extract({}, context);
    expect(loads).toBe(2);
  });
});
