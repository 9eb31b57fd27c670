import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, throwIfCancelled } from '../../shared/api/errors';
import type { PixelRecipe } from '../../shared/domain/preprocessing';
import type { CacheStore } from '../platform/cache-store';
import { readModelInput } from './model-input';
import type { PhotoFailure, PhotoSource } from './tasks';

export type ModelInput<Photo extends PhotoSource> =
  | { photo: Photo; index: number; pixels: Uint8Array }
  | { photo: Photo; index: number; failure: PhotoFailure };

type Read = { pixels: Uint8Array } | { error: unknown };

/**
 * Model inputs of photos in order, each read while the one before is used: decoding happens on
 * other threads. A photo that can't be read comes as a failure and does not end the rest.
 * @throws AppError 'cancelled', looked for before each photo.
 */
export async function* readModelInputs<Photo extends PhotoSource>(
  photos: readonly Photo[],
  recipe: PixelRecipe,
  cache: CacheStore | undefined,
  signal: AbortSignal,
): AsyncGenerator<ModelInput<Photo>> {
  const read = async (photo: Photo | undefined): Promise<Read | undefined> => {
    try {
      return photo && { pixels: await readModelInput(photo, recipe, cache) };
    } catch (error) {
      return { error };
    }
  };
  let upcoming = read(photos[0]);
  for (const [index, photo] of photos.entries()) {
    // Inference and a warm cache keep the thread busy: a cancel message gets in only here.
    await nextTurn();
    throwIfCancelled(signal);
    const current = await upcoming;
    upcoming = read(photos[index + 1]);
    if (!current) return;
    if ('pixels' in current) yield { photo, index, pixels: current.pixels };
    else yield { photo, index, failure: failureOf(photo, current.error) };
  }
}

/**
 * Why a photo could not be read.
 * @throws what is no fault of the photo.
 */
export function failureOf({ photoId }: PhotoSource, error: unknown): PhotoFailure {
  if (!(error instanceof AppError) || error.code !== 'photo-unreadable') throw error;
  return { photoId, reason: [error.message, error.remedy].filter(Boolean).join(' ') };
}
