import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { createRandom } from '../../src/shared/domain/random';

export interface StressPhoto {
  labelIndex: number;
  /** RGB bytes of a model input, 224 x 224. */
  pixels: Uint8Array;
}

const size = 224;

/** The photos of a folder a class, as they are, in the order of labels and names. */
export async function readPhotos(
  folder: string,
  labels: readonly string[],
): Promise<StressPhoto[]> {
  const photos: StressPhoto[] = [];
  for (const [labelIndex, label] of labels.entries()) {
    for (const name of (await readdir(join(folder, label))).sort()) {
      photos.push({ labelIndex, pixels: await pixelsOf(sharp(join(folder, label, name))) });
    }
  }
  return photos;
}

/** The first `count` photos of each label. */
export const firstOfEach = (photos: readonly StressPhoto[], count: number): StressPhoto[] =>
  photos.filter(
    (photo, i) =>
      photos.slice(0, i).filter(({ labelIndex }) => labelIndex === photo.labelIndex).length < count,
  );

export const pixelsOfAll = (photos: readonly StressPhoto[]): Uint8Array[] =>
  photos.map(({ pixels }) => pixels);

/**
 * Two variants of each photo, harder than the photos themselves: rotated, cropped, brighter or darker,
 * blurred, encoded again as a poor JPEG. Photos that a model was trained on saturate; these do not. The
 * same seed makes the same ones.
 */
export async function makeStressSet(
  photos: readonly StressPhoto[],
  seed: number,
): Promise<StressPhoto[]> {
  const random = createRandom(seed);
  const made: StressPhoto[] = [];
  for (const { labelIndex, pixels } of photos) {
    for (let variant = 0; variant < 2; variant += 1) {
      const cut = Math.round(size * random.between(0.65, 0.95));
      const [left, top] = [random.index(size - cut + 1), random.index(size - cut + 1)];
      const turned = await sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
        .rotate(random.between(-35, 35), { background: '#808080' })
        .resize(size, size, { fit: 'cover' })
        .toColorspace('srgb')
        .png()
        .toBuffer();
      const spoiled = await sharp(turned)
        .extract({ left, top, width: cut, height: cut })
        .resize(size, size)
        .modulate({ brightness: random.between(0.5, 1.5) })
        .blur(random.between(0.3, 2.5))
        .jpeg({ quality: Math.round(random.between(15, 60)) })
        .toBuffer();
      made.push({ labelIndex, pixels: await pixelsOf(sharp(spoiled)) });
    }
  }
  return made;
}

/** RGB bytes of a model input. */
export const pixelsOf = async (image: Sharp): Promise<Uint8Array> =>
  new Uint8Array(
    await image.resize(size, size).removeAlpha().toColorspace('srgb').raw().toBuffer(),
  );
