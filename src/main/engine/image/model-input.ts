import type { PixelRecipe } from '../../../shared/domain/preprocessing';
import type { RgbImage } from './rgb-image';
import { sharp } from './sharp';

/**
 * The pixels a model sees: the centered square of `cropFraction` times the short side, resized
 * to the recipe's size with an antialiased bicubic filter (Catmull-Rom, widened when shrinking).
 * RGB bytes in rows from the top left, width * height * 3 of them.
 */
export async function modelInput(image: RgbImage, recipe: PixelRecipe): Promise<Uint8Array> {
  const side = Math.max(1, Math.round(recipe.cropFraction * Math.min(image.width, image.height)));
  const { width, height } = image;
  return sharp(image.data, { raw: { width, height, channels: 3 } })
    .extract({
      left: Math.floor((width - side) / 2),
      top: Math.floor((height - side) / 2),
      width: side,
      height: side,
    })
    .resize(recipe.width, recipe.height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
}
