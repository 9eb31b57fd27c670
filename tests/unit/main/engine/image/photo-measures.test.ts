import { brightnessOf, lumaOf } from '@main/engine/image/luma';
import { perceptualHash } from '@main/engine/image/perceptual-hash';
import type { RgbImage } from '@main/engine/image/rgb-image';
import { sharpnessOf } from '@main/engine/image/sharpness';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawPhoto } from '../../../../fixtures/make-photos';

async function pixels(image: Sharp): Promise<RgbImage> {
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
const open = async (seed: string) => sharp(await drawPhoto(seed, { format: 'png' }));
const hashOf = async (image: Sharp) => perceptualHash(lumaOf(await pixels(image)));

/** Bits in which two hashes differ, 0..64. */
function hashDistance(left: string, right: string): number {
  let difference = BigInt(`0x${left}`) ^ BigInt(`0x${right}`);
  let bits = 0;
  for (; difference > 0n; difference &= difference - 1n) bits += 1;
  return bits;
}

describe('perceptualHash', () => {
  it('stays nearly the same when a picture is scaled and compressed', async () => {
    for (const seed of ['one', 'two', 'three']) {
      const original = await hashOf(await open(seed));
      const small = await (await open(seed)).resize(160).jpeg({ quality: 40 }).toBuffer();
      expect(original).toMatch(/^[0-9a-f]{16}$/);
      expect(hashDistance(original, await hashOf(sharp(small)))).toBeLessThanOrEqual(8);
    }
  });

  it('differs much between different pictures', async () => {
    const hashes = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map(async (seed) => hashOf(await open(seed))),
    );
    for (const [index, hash] of hashes.entries()) {
      for (const other of hashes.slice(index + 1)) {
        expect(hashDistance(hash, other)).toBeGreaterThan(12);
      }
    }
  });

  it('takes pictures smaller than its own grid', () => {
    const tiny = { width: 2, height: 1, data: Float32Array.of(0, 255) };
    expect(perceptualHash(tiny)).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('sharpnessOf', () => {
  it('falls when a picture is blurred', async () => {
    const sharpOne = sharpnessOf(lumaOf(await pixels(await open('blur'))));
    const blurred = sharpnessOf(lumaOf(await pixels((await open('blur')).blur(3))));
    expect(blurred).toBeLessThan(sharpOne / 4);
  });

  it('is the variance of the Laplacian', () => {
    const data = Float32Array.of(0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0);
    // Inner pixels of the 4 x 3 picture: -40 at the dot, 10 beside it.
    expect(sharpnessOf({ width: 4, height: 3, data })).toBe(625);
  });

  it('is 0 for a plain picture and for one without inner pixels', () => {
    expect(sharpnessOf({ width: 5, height: 5, data: new Float32Array(25).fill(9) })).toBe(0);
    expect(sharpnessOf({ width: 2, height: 2, data: Float32Array.of(0, 9, 0, 9) })).toBe(0);
  });
});

describe('brightnessOf', () => {
  it('weighs the colors as the eye does', () => {
    const luma = (...color: number[]) =>
      brightnessOf(lumaOf({ width: 1, height: 1, data: Uint8Array.from(color) }));
    expect(luma(255, 255, 255)).toBeCloseTo(255, 3);
    expect(luma(255, 0, 0)).toBeCloseTo(76.245, 3);
    expect(luma(0, 255, 0)).toBeGreaterThan(luma(255, 0, 0));
  });
});
