import { backbonePreprocessing } from '../../shared/domain/backbone';
import { mirrorPixels } from '../engine/image/mirror-pixels';
import { createInputEncoder } from '../engine/runtime/encode-input';
import type { LoadedModel } from '../engine/runtime/runtime';
import { createFeatureCache, type FeatureCache } from './feature-cache';
import { forgetBackbone, loadBackbone } from './load-backbone';
import { readModelInputs } from './model-inputs';
import { runAhead } from './run-ahead';
import type { TaskImplementation } from './task-context';
import type { PhotoFailure, TaskInput } from './tasks';

/** Photos whose features are there are passed over, so that a batch can be run again. */
export const extractFeatures: TaskImplementation<'extract-features'> = async (input, context) => {
  const { photos, backbone, backboneFile, recipe, mirrored, cacheFile } = input;
  const store = context.cache(cacheFile);
  const features = createFeatureCache(store, backbone, recipe);
  const lacking = new Set(features.lacking(photos, false));
  if (mirrored) for (const photo of features.lacking(photos, true)) lacking.add(photo);
  const failures: PhotoFailure[] = [];
  let done = photos.length - lacking.size;
  context.report({ done });
  if (lacking.size === 0) return { failures };

  const runtime = await context.runtime();
  const model = await loadBackbone(runtime, backbone, backboneFile);
  const computeViews = createComputation(model, features, input);
  const compute = (sha256: string, pixels: Uint8Array) =>
    computeViews(sha256, pixels).catch((error: unknown) => {
      forgetBackbone(runtime);
      throw error;
    });
  const reads = readModelInputs([...lacking], recipe, store, context.signal);
  const computed = runAhead(reads, (read) =>
    'failure' in read ? undefined : compute(read.photo.sha256, read.pixels),
  );
  for await (const { item } of computed) {
    if ('failure' in item) failures.push(item.failure);
    done += 1;
    context.report({ done });
  }
  return { failures };
};

/** Returns the function that puts the features of a photo's lacking views into the cache. */
function createComputation(
  model: LoadedModel,
  features: FeatureCache,
  { backbone, recipe, mirrored }: TaskInput<'extract-features'>,
) {
  const encode = createInputEncoder({ ...backbonePreprocessing(backbone, []), ...recipe });
  return async (sha256: string, pixels: Uint8Array) => {
    for (const flipped of mirrored ? [false, true] : [false]) {
      if (features.get(sha256, flipped)) continue;
      const view = flipped ? mirrorPixels(pixels, recipe.width) : pixels;
      const [answer] = await model.run([encode(view)]);
      if (!(answer instanceof Float32Array)) throw new TypeError('Features are float32');
      features.put(sha256, flipped, answer);
    }
  };
}
