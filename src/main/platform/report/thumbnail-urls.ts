import { AppError } from '../../../shared/api/errors';
import type { PhotoSource } from '../../workers/tasks';
import type { CacheStore } from '../cache-store';
import type { Logger } from '../logger';
import type { WorkerPool } from '../worker-pool';

export interface ThumbnailMeans {
  cache: CacheStore;
  workers: WorkerPool;
  log: Logger;
}

const thumbnailSize = 320;

/**
 * `data:` URLs of photos by their id. A photo that is gone or can't be read any more has none; the
 * report says so in its place.
 */
export async function thumbnailUrls(
  photos: readonly PhotoSource[],
  means: ThumbnailMeans,
): Promise<Map<number, string>> {
  const urls = new Map<number, string>();
  for (const source of photos) {
    const jpeg = await thumbnail(source, means);
    if (!jpeg) continue;
    urls.set(source.photoId, `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`);
  }
  return urls;
}

async function thumbnail(
  { sha256, path }: PhotoSource,
  { cache, workers, log }: ThumbnailMeans,
): Promise<Uint8Array | undefined> {
  const cached = cache.get('thumbnail', sha256);
  if (cached) return cached;
  try {
    return (await workers.run('render-photo', { path, size: thumbnailSize })).jpeg;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn(`No picture of ${path} for the report: ${error.message}`);
    return undefined;
  }
}
