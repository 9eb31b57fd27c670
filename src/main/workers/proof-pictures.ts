import type { Preprocessing } from '../../shared/domain/preprocessing';
import { createRandom } from '../../shared/domain/random';
import type { CacheStore } from '../platform/cache-store';
import { readModelInputs } from './model-inputs';
import type { PhotoSource } from './tasks';

/** Model inputs (RGB bytes) that a file is held against another one on. */
export interface ProofPictures {
  of: 'photos' | 'drawn';
  pixels: Uint8Array[];
}

/** Those of the photos that can be read; drawn ones where there are none. */
export async function proofPictures(
  preprocessing: Preprocessing,
  photos: readonly PhotoSource[],
  cache: CacheStore | undefined,
  signal: AbortSignal,
): Promise<ProofPictures> {
  const pixels: Uint8Array[] = [];
  for await (const read of readModelInputs(photos, preprocessing, cache, signal)) {
    if ('pixels' in read) pixels.push(read.pixels);
  }
  return pixels.length > 0 ? { of: 'photos', pixels } : drawnPictures(preprocessing);
}

/** Gray, a slope of colors, and noise. */
export function drawnPictures({
  width,
  height,
}: Pick<Preprocessing, 'width' | 'height'>): ProofPictures {
  const random = createRandom(1);
  const values = width * height * 3;
  const pixels = [
    new Uint8Array(values).fill(127),
    Uint8Array.from({ length: values }, (_, at) => Math.floor((256 * at) / values)),
    Uint8Array.from({ length: values }, () => random.index(256)),
  ];
  return { of: 'drawn', pixels };
}
