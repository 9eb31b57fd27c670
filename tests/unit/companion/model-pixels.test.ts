import { createHash } from 'node:crypto';
import { centeredSquare, modelPixels } from '@companion/photo/model-pixels';
import { createInputEncoder } from '@main/engine/runtime/encode-input';
import type { PixelRecipe, Preprocessing } from '@shared/domain/preprocessing';
import { createRandom } from '@shared/domain/random';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeSquare, readVector } from './companion-vectors';

interface Vectors {
  recipe: PixelRecipe;
  tolerance: { largest: number; mean: number };
  encodings: Pick<Preprocessing, 'mean' | 'std' | 'input'>[];
  photos: { name: string; file: string; pixels: { file: string }; tensors: string[] }[];
}

const { recipe, tolerance, encodings, photos } = JSON.parse(
  readVector('preprocessing.json').toString('utf8'),
) as Vectors;

describe('the page’s model input', () => {
  it.each(photos)('of $name is the studio’s', async ({ file, pixels }) => {
    const expected = readVector(pixels.file);
    const found = modelPixels(await decodeSquare(readVector(file), recipe.cropFraction), recipe);
    expect(found).toHaveLength(expected.length);
    const differences = Array.from(found, (value, at) => Math.abs(value - expected[at]!));
    expect(Math.max(...differences)).toBeLessThanOrEqual(
      file.endsWith('.png') ? 0 : tolerance.largest,
    );
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
    expect(mean).toBeLessThanOrEqual(tolerance.mean);
  });

  // Larger photos the studio shrinks in two steps.
  it.each([
    ['enlarged', 196, 224],
    ['enlarged by an odd factor', 61, 97],
    ['as it is', 96, 96],
    ['shrunk', 500, 224],
    ['shrunk by an odd factor', 333, 96],
  ])('of a picture that is %s is the studio’s, byte for byte', async (_, side, size) => {
    const random = createRandom(side);
    const rgb = Uint8Array.from({ length: side * side * 3 }, () => random.index(256));
    const raw = { width: side, height: side, channels: 3 } as const;
    const expected = await sharp(rgb, { raw })
      .resize(size, size, { fit: 'fill', kernel: 'cubic' })
      .raw()
      .toBuffer();
    const rgba = await sharp(rgb, { raw }).ensureAlpha().raw().toBuffer();
    const found = modelPixels({ side, rgba }, { width: size, height: size, background: [0, 0, 0] });
    expect(found.findIndex((value, at) => value !== expected[at])).toBe(-1);
  });

  it('is stored as the studio stores it, by every encoding', () => {
    for (const { pixels, tensors } of photos) {
      const hashes = encodings.map((encoding) => {
        const { width, height } = recipe;
        const tensor = createInputEncoder({ ...encoding, width, height })(readVector(pixels.file));
        const bytes = new Uint8Array(tensor.buffer, tensor.byteOffset, tensor.byteLength);
        return createHash('sha256').update(bytes).digest('hex');
      });
      expect(hashes).toEqual(tensors);
    }
  });

  it('is the middle of a wide and of a high picture', () => {
    expect(centeredSquare({ width: 640, height: 480 }, 1)).toEqual({ left: 80, top: 0, side: 480 });
    expect(centeredSquare({ width: 3, height: 1001 }, 0.875)).toEqual({
      left: 0,
      top: 499,
      side: 3,
    });
    expect(centeredSquare({ width: 1, height: 1 }, 0.1).side).toBe(1);
  });

  it('lets the background through where a picture is transparent', () => {
    const clear = { side: 2, rgba: new Uint8Array(16) };
    const size = { width: 1, height: 1 };
    expect([...modelPixels(clear, { ...size, background: [10, 20, 30] })]).toEqual([10, 20, 30]);
  });
});
