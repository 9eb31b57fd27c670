import { throwIfCancelled } from '../../shared/api/errors';
import { edgeColors } from '../engine/image/edge-colors';
import { contrastOf, lumaOf } from '../engine/image/luma';
import { readThumbnail } from '../engine/image/thumbnail';
import type { TaskImplementation } from './task-context';
import type { TaskOutput } from './tasks';

/** Photos whose thumbnail is not there are left out. */
export const measureThumbnails: TaskImplementation<'measure-thumbnails'> = async (
  { photos, cacheFile },
  { cache, report, signal },
) => {
  const measured: TaskOutput<'measure-thumbnails'>['photos'] = [];
  for (const [index, { photoId, sha256 }] of photos.entries()) {
    throwIfCancelled(signal);
    report({ done: index });
    const jpeg = cache(cacheFile).get('thumbnail', sha256);
    if (!jpeg) continue;
    const image = await readThumbnail(jpeg);
    measured.push({
      photoId,
      contrast: Math.round(contrastOf(lumaOf(image)) * 100) / 100,
      edgeColors: edgeColors(image),
    });
  }
  return { photos: measured };
};
