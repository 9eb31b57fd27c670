import { augmentPhoto } from '../engine/image/augment-photo';
import { thumbnail } from '../engine/image/thumbnail';
import { readModelInput } from './model-input';
import type { TaskImplementation } from './task-context';
import { viewRandom } from './view-seed';

/** Of the very pixels that fine-tuning gets. */
export const previewAugmentation: TaskImplementation<'preview-augmentation'> = async (
  { photo, recipe, cacheFile, augmentation, seed, epoch },
  { cache },
) => {
  const data = await readModelInput(photo, recipe, cache(cacheFile));
  const { width, height } = recipe;
  const random = viewRandom(seed, epoch, photo.sha256);
  const view = augmentPhoto({ width, height, data }, augmentation, random);
  return { jpeg: await thumbnail(view) };
};
