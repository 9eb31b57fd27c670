import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { readModelInput } from '../../../../src/main/workers/model-input';
import type { PixelRecipe } from '../../../../src/shared/domain/preprocessing';

/**
 * Writes a PNG whose centered square is just the model input that the studio makes of a photo: whoever
 * prepares it by the recipe has nothing to scale and nothing to round, and gets the studio's very pixels.
 * @throws RangeError when the recipe's square is never as large as the input.
 */
export async function writeSamePixels(
  photo: string,
  recipe: PixelRecipe,
  file: string,
): Promise<void> {
  const { width, height, background } = recipe;
  const pixels = await readModelInput({ photoId: 0, sha256: '', path: photo }, recipe);
  const side = sideAround(recipe);
  const [left, top] = [Math.floor((side - width) / 2), Math.floor((side - height) / 2)];
  const [r, g, b] = background;
  await writeFile(
    file,
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .extend({
        left,
        top,
        right: side - width - left,
        bottom: side - height - top,
        background: { r, g, b },
      })
      .png()
      .toBuffer(),
  );
}

/** Of a photo whose centered square has the input's size. */
function sideAround({ width, height, cropFraction }: PixelRecipe): number {
  const about = Math.floor(width / cropFraction);
  const side = [about - 1, about, about + 1, about + 2].find(
    (candidate) => Math.round(cropFraction * candidate) === width,
  );
  if (side === undefined || width !== height) throw new RangeError('No photo fits this recipe');
  return side;
}
