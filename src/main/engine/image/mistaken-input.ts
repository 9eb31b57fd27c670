import type { PixelRecipe } from '../../../shared/domain/preprocessing';
import { mirrorPixels } from './mirror-pixels';
import { modelInput } from './model-input';
import type { OpenedPhoto } from './open-photo';
import type { RgbImage } from './rgb-image';
import { sharp } from './sharp';

export const pixelMistakes = [
  'bgr',
  'stretched',
  'uncropped',
  'aliased',
  'turned-right',
  'turned-left',
  'upside-down',
  'mirrored',
] as const;
export type PixelMistake = (typeof pixelMistakes)[number];

export interface PreparedPhoto {
  opened: OpenedPhoto;
  decoded: RgbImage;
  /** The model input as it should be. */
  right: Uint8Array;
}

/** The model input of a photo as an app with this mistake would make it: width * height * 3 bytes. */
export async function mistakenInput(
  mistake: PixelMistake,
  { opened, decoded, right }: PreparedPhoto,
  recipe: PixelRecipe,
): Promise<Uint8Array> {
  switch (mistake) {
    case 'bgr':
      return blueFirst(right);
    case 'mirrored':
      return mirrorPixels(right, recipe.width);
    case 'turned-right':
      return modelInput(await turn(decoded, 90), recipe);
    case 'turned-left':
      return modelInput(await turn(decoded, 270), recipe);
    case 'upside-down':
      return modelInput(await turn(decoded, 180), recipe);
    case 'uncropped':
      return modelInput(decoded, { ...recipe, cropFraction: 1 });
    case 'stretched':
      return raw(decoded)
        .resize(recipe.width, recipe.height, { fit: 'fill', kernel: 'cubic' })
        .raw()
        .toBuffer();
    case 'aliased':
      return withoutSmoothing(opened, recipe);
  }
}

function blueFirst(bytes: Uint8Array): Uint8Array {
  const swapped = Uint8Array.from(bytes);
  for (let i = 0; i < bytes.length; i += 3) {
    swapped[i] = bytes[i + 2] ?? 0;
    swapped[i + 2] = bytes[i] ?? 0;
  }
  return swapped;
}

const raw = ({ data, width, height }: RgbImage) =>
  sharp(data, { raw: { width, height, channels: 3 } });

async function turn(image: RgbImage, degrees: 90 | 180 | 270): Promise<RgbImage> {
  const { data, info } = await raw(image)
    .rotate(degrees)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** One pixel of the photo for each of the input: from its full size, or it would be smooth already. */
async function withoutSmoothing(
  opened: OpenedPhoto,
  { width, height, cropFraction }: PixelRecipe,
): Promise<Uint8Array> {
  const [wide, high] = [width, height].map((side) => Math.round(side / cropFraction));
  const pipeline = await opened.pipeline();
  return opened.decode(
    pipeline
      .resize(wide, high, { fit: 'cover', kernel: 'nearest', fastShrinkOnLoad: false })
      .extract({
        left: Math.floor(((wide ?? width) - width) / 2),
        top: Math.floor(((high ?? height) - height) / 2),
        width,
        height,
      })
      .raw({ depth: 'uchar' })
      .toBuffer(),
  );
}
