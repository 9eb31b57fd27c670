import { AppError } from '../../../shared/api/errors';
import type { Comparison } from '../../../shared/domain/comparison';
import type { PhotoSource } from '../../workers/tasks';
import type { Dataset, ProjectContext } from '../ports';
import { flipsToShow } from './report/flips-section';

const thumbnailSize = 320;

/**
 * `data:` URLs of the photos in the report's flip gallery, by photo id. A photo that is gone or
 * can't be read any more has none; the report says so in its place.
 */
export async function thumbnailUrls(
  comparison: Comparison,
  dataset: Dataset,
  context: ProjectContext,
): Promise<Map<number, string>> {
  const photoIds = new Set(
    comparison.differences.flatMap((difference) =>
      flipsToShow(difference).map((flip) => flip.photoId),
    ),
  );
  const urls = new Map<number, string>();
  for (const source of dataset.sources([...photoIds])) {
    const jpeg = await thumbnail(source, context);
    if (!jpeg) continue;
    urls.set(source.photoId, `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`);
  }
  return urls;
}

async function thumbnail(
  { sha256, path }: PhotoSource,
  { cache, workers, log }: ProjectContext,
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
