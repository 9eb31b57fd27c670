import { decodePhoto } from '@main/engine/image/decode-photo';
import { inspectPhoto } from '@main/engine/image/inspect-photo';
import { modelInput } from '@main/engine/image/model-input';
import { openPhoto } from '@main/engine/image/open-photo';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawPhoto } from '../../../../fixtures/make-photos';
import { testRecipe } from '../../../../fixtures/pixel-recipe';

/** Black, with a white square of `side` pixels in the middle. */
function whiteSquare(width: number, height: number, side: number): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  for (let y = (height - side) / 2; y < (height + side) / 2; y++) {
    const start = (y * width + (width - side) / 2) * 3;
    data.fill(255, start, start + side * 3);
  }
  return data;
}

describe('modelInput', () => {
  it('cuts the centered square of the crop fraction, landscape and portrait alike', async () => {
    for (const [width, height] of [
      [400, 200],
      [200, 400],
    ] as const) {
      const data = whiteSquare(width, height, 100);
      const recipe = { ...testRecipe, width: 20, height: 20 };
      const inside = await modelInput({ width, height, data }, { ...recipe, cropFraction: 0.5 });
      expect(inside).toEqual(Buffer.alloc(20 * 20 * 3, 255));
      const whole = await modelInput({ width, height, data }, { ...recipe, cropFraction: 1 });
      const white = whole.filter((value) => value > 127).length / whole.length;
      expect(white).toBeCloseTo(0.25, 2);
    }
  });

  it('antialiases: a fine checkerboard becomes even gray', async () => {
    const data = new Uint8Array(256 * 256 * 3);
    for (let pixel = 0; pixel < 256 * 256; pixel++) {
      data.fill(((pixel >> 8) + pixel) % 2 ? 255 : 0, pixel * 3, pixel * 3 + 3);
    }
    const input = await modelInput({ width: 256, height: 256, data }, testRecipe);
    expect(Math.max(...input) - Math.min(...input)).toBeLessThan(12);
  });

  it('enlarges a photo that is smaller than the input', async () => {
    const data = new Uint8Array(3).fill(77);
    const input = await modelInput({ width: 1, height: 1, data }, testRecipe);
    expect(input).toEqual(Buffer.alloc(32 * 32 * 3, 77));
  });

  it('comes within a gray level of one bicubic step from the full photo', async () => {
    const bytes = await drawPhoto('one step', { width: 3000, height: 2000, format: 'png' });
    const recipe = { ...testRecipe, width: 224, height: 224 };
    const image = await decodePhoto(await openPhoto(bytes, recipe.background));
    const input = await modelInput(image, recipe);
    const direct = await sharp(bytes)
      .extract({ left: 625, top: 125, width: 1750, height: 1750 })
      .resize(224, 224, { kernel: 'cubic' })
      .raw()
      .toBuffer();
    const difference = input.reduce(
      (sum, value, at) => sum + Math.abs(value - (direct[at] ?? 0)),
      0,
    );
    expect(difference / input.length).toBeLessThan(1);
  });

  it('is what an import stores', async () => {
    const bytes = await drawPhoto('import', { width: 1200, height: 900 });
    const image = await decodePhoto(await openPhoto(bytes, testRecipe.background));
    const { input } = await inspectPhoto(bytes, testRecipe);
    expect(input).toEqual(await modelInput(image, testRecipe));
  });
});
