import { createHash } from 'node:crypto';
import { AppError } from '../../shared/api/errors';
import type { PixelRecipe } from '../../shared/domain/preprocessing';
import { decodePhoto } from '../engine/image/decode-photo';
import { modelInput } from '../engine/image/model-input';
import { type OpenedPhoto, openPhoto } from '../engine/image/open-photo';
import { PhotoProblem } from '../../shared/domain/photo-problem';
import { modelInputKey } from '../platform/cache-kinds';
import type { CacheStore } from '../platform/cache-store';
import { readPhotoFile } from '../platform/read-photo-file';
import type { PhotoSource } from './tasks';

/**
 * A photo's model input by a recipe: RGB bytes, width * height * 3, from the cache where it is
 * there, otherwise from the file by the very steps an import takes (and cached then).
 * A source with an empty `sha256` is a lone file: nothing is checked against it or cached.
 * @throws AppError 'photo-unreadable' when the file is gone, changed or can't be decoded.
 */
export async function readModelInput(
  source: PhotoSource,
  recipe: PixelRecipe,
  cache?: CacheStore,
): Promise<Uint8Array> {
  const key = modelInputKey(source.sha256, recipe);
  const store = source.sha256 === '' ? undefined : cache;
  const cached = store?.get('input', key);
  if (cached) return cached;
  const input = await openSource(source, recipe, async (photo) =>
    modelInput(await decodePhoto(photo), recipe),
  );
  store?.put('input', key, input);
  return input;
}

/**
 * Lends a photo, opened, whose bytes are those of its hash.
 * @throws AppError 'photo-unreadable' when the file is gone, changed or can't be decoded.
 */
export async function openSource<Result>(
  source: PhotoSource,
  { background }: Pick<PixelRecipe, 'background'>,
  use: (photo: OpenedPhoto) => Promise<Result>,
): Promise<Result> {
  const bytes = await readVerified(source);
  try {
    return await use(await openPhoto(bytes, background));
  } catch (error) {
    throw unreadable(source, error);
  }
}

/** Features cached under a hash must come from exactly those bytes. */
async function readVerified(source: PhotoSource): Promise<Uint8Array> {
  const { bytes } = await readPhotoFile(source.path).catch((error: unknown) => {
    throw unreadable(source, error);
  });
  if (source.sha256 !== '' && createHash('sha256').update(bytes).digest('hex') !== source.sha256) {
    throw new AppError(
      'photo-unreadable',
      `${source.path} was changed after it was imported.`,
      'Import it again, or relink the photo to an unchanged copy.',
    );
  }
  return bytes;
}

function unreadable(source: PhotoSource, error: unknown): unknown {
  if (!(error instanceof PhotoProblem)) return error;
  return new AppError(
    'photo-unreadable',
    `${source.path} can’t be used as a photo.`,
    error.message,
    { cause: error },
  );
}
