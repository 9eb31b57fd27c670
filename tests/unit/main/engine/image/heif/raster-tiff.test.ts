import { rasterTiff } from '@main/engine/image/heif/raster-tiff';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

/** 3 x 2 pixels in rows of 16 bytes: red, green, blue; the second row half transparent. */
const rows = {
  width: 3,
  height: 2,
  stride: 16,
  data: Uint8Array.from([
    ...[255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 9, 9, 9, 9],
    ...[255, 0, 0, 128, 0, 255, 0, 128, 0, 0, 255, 128, 9, 9, 9, 9],
  ]),
};

const pixelsOf = async (tiff: Uint8Array) => [
  ...(await sharp(tiff).autoOrient().toColorspace('srgb').raw().toBuffer()),
];

describe('a raster as TIFF', () => {
  it('has the same pixels, without what lies between rows', async () => {
    const tiff = rasterTiff(rows, { orientation: 1 });
    expect(await pixelsOf(tiff)).toEqual([
      ...[255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255],
      ...[255, 0, 0, 128, 0, 255, 0, 128, 0, 0, 255, 128],
    ]);
  });

  it('is turned as its orientation says', async () => {
    const tiff = rasterTiff(rows, { orientation: 6 });
    expect(await sharp(await sharp(tiff).autoOrient().png().toBuffer()).metadata()).toMatchObject({
      width: 2,
      height: 3,
    });
    expect((await pixelsOf(tiff)).slice(0, 8)).toEqual([255, 0, 0, 128, 255, 0, 0, 255]);
  });

  it('has its colors in its profile: what phones call green is out of sRGB', async () => {
    const wide = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const { icc } = await sharp(wide).metadata();
    if (!icc) throw new Error('No profile was written');
    const dull = { width: 1, height: 1, stride: 4, data: Uint8Array.from([100, 180, 100, 255]) };
    const [red = 0, green = 0] = await pixelsOf(
      rasterTiff(dull, { orientation: 1, iccProfile: icc }),
    );
    expect(red).toBeLessThan(95);
    expect(green).toBeGreaterThan(178);
  });
});
