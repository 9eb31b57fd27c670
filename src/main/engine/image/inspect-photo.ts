import type { PhotoFacts } from '../../../shared/domain/photo';
import type { PixelRecipe } from '../../../shared/domain/preprocessing';
import { decodePhoto } from './decode-photo';
import { exifFacts } from './exif-facts';
import { edgeColors } from './edge-colors';
import { brightnessOf, contrastOf, lumaOf } from './luma';
import { modelInput } from './model-input';
import { openPhoto } from './open-photo';
import { perceptualHash } from './perceptual-hash';
import { sharpnessOf } from './sharpness';
import { thumbnail } from './thumbnail';

export interface Inspection {
  facts: PhotoFacts;
  /** JPEG, longer side at most 320 pixels. */
  thumbnail: Uint8Array;
  /** RGB bytes by the recipe, width * height * 3. */
  input: Uint8Array;
}

/**
 * Everything an import wants to know about a photo, from one decode.
 * @throws PhotoProblem with the reason why these bytes are no photo.
 */
export async function inspectPhoto(bytes: Uint8Array, recipe: PixelRecipe): Promise<Inspection> {
  const photo = await openPhoto(bytes, recipe.background);
  const image = await decodePhoto(photo);
  const luma = lumaOf(image);
  return {
    facts: {
      format: photo.format,
      width: photo.width,
      height: photo.height,
      perceptualHash: perceptualHash(luma),
      sharpness: round(sharpnessOf(luma)),
      brightness: round(brightnessOf(luma)),
      contrast: round(contrastOf(luma)),
      edgeColors: edgeColors(image),
      ...exifFacts(photo.exif),
    },
    thumbnail: await thumbnail(image),
    input: await modelInput(image, recipe),
  };
}

/** Two decimals: more would be noise. */
const round = (value: number): number => Math.round(value * 100) / 100;
