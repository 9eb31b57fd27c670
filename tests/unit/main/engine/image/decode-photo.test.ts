import { decodePhoto } from '@main/engine/image/decode-photo';
import { openPhoto, type Rgb } from '@main/engine/image/open-photo';
import type { RgbImage } from '@main/engine/image/rgb-image';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';

const gray: Rgb = [128, 128, 128];
const orange = { r: 200, g: 60, b: 30 };

const plain = (width = 700, height = 600) =>
  sharp({ create: { width, height, channels: 3, background: orange } });
const translucent = (alpha: number) =>
  sharp({
    create: { width: 80, height: 60, channels: 4, background: { r: 0, g: 0, b: 0, alpha } },
  });

async function decode(bytes: Uint8Array, background = gray): Promise<RgbImage> {
  return decodePhoto(await openPhoto(bytes, background));
}

function pixelAt(image: RgbImage, x: number, y: number): number[] {
  const at = (Math.floor(y * image.height) * image.width + Math.floor(x * image.width)) * 3;
  return [...image.data.subarray(at, at + 3)];
}

function expectNear(actual: number[], expected: number[], tolerance = 4): void {
  const off = Math.max(...expected.map((value, index) => Math.abs(value - (actual[index] ?? -99))));
  expect(off, `${actual} is not near ${expected}`).toBeLessThanOrEqual(tolerance);
}

describe('decodePhoto', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const)('reads %s', async (format) => {
    const photo = await openPhoto(await plain().toFormat(format).toBuffer(), gray);
    expect(photo).toMatchObject({ format, width: 700, height: 600 });
    const image = await decodePhoto(photo);
    expect([image.width, image.height, image.data.length]).toEqual([597, 512, 597 * 512 * 3]);
    expectNear(pixelAt(image, 0.5, 0.5), [200, 60, 30]);
  });

  it.each([
    ['CMYK JPEG', () => plain().toColourspace('cmyk').jpeg().toBuffer(), 32],
    ['CMYK TIFF', () => plain().toColourspace('cmyk').tiff().toBuffer(), 32],
    ['16-bit PNG', () => plain().toColourspace('rgb16').png().toBuffer(), 2],
    ['16-bit TIFF', () => plain().toColourspace('rgb16').tiff().toBuffer(), 2],
    ['LAB TIFF', () => plain().toColourspace('lab').tiff().toBuffer(), 2],
    ['palette PNG', () => plain().png({ palette: true }).toBuffer(), 2],
    ['Display P3 PNG', () => plain().withIccProfile('p3').png().toBuffer(), 2],
    [
      'Display P3 16-bit PNG',
      () => plain().withIccProfile('p3').toColourspace('rgb16').png().toBuffer(),
      2,
    ],
  ])('brings %s to 8-bit sRGB', async (_, encode, tolerance) => {
    expectNear(pixelAt(await decode(await encode()), 0.5, 0.5), [200, 60, 30], tolerance);
  });

  it.each([
    ['JPEG', () => plain().grayscale().jpeg().toBuffer()],
    ['PNG', () => plain().grayscale().png().toBuffer()],
    ['16-bit PNG', () => plain().toColourspace('grey16').png().toBuffer()],
  ])('gives grayscale %s three equal channels', async (_, encode) => {
    const [red, green, blue] = pixelAt(await decode(await encode()), 0.5, 0.5);
    expect([green, blue]).toEqual([red, red]);
    expectNear([red ?? 0], [110]);
  });

  it.each([
    ['8-bit', () => translucent(0).png().toBuffer(), [10, 200, 90]],
    ['16-bit', () => translucent(0).toColourspace('rgb16').png().toBuffer(), [10, 200, 90]],
    ['gray', () => translucent(0).toColourspace('b-w').png().toBuffer(), [10, 200, 90]],
    ['16-bit gray', () => translucent(0).toColourspace('grey16').png().toBuffer(), [10, 200, 90]],
    ['half', () => translucent(0.5).png().toBuffer(), [5, 100, 45]],
  ])('flattens %s transparency on the background', async (_, encode, expected) => {
    const image = await decode(await encode(), [10, 200, 90]);
    expect(image.data.length).toBe(80 * 60 * 3);
    expectNear(pixelAt(image, 0.5, 0.5), expected);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns EXIF orientation %i upright', async (orientation) => {
    // Upright: red left top, green right top, blue left bottom, white right bottom; 60 x 40.
    const upright = sharp(quadrants(), { raw: { width: 60, height: 40, channels: 3 } });
    const bytes = await asCameraStores(upright, orientation).then((pixels) =>
      pixels.withMetadata({ orientation }).png().toBuffer(),
    );
    const photo = await openPhoto(bytes, gray);
    expect([photo.width, photo.height]).toEqual([60, 40]);
    const image = await decodePhoto(photo);
    expect([image.width, image.height]).toEqual([60, 40]);
    expectNear(pixelAt(image, 0.2, 0.2), [255, 0, 0]);
    expectNear(pixelAt(image, 0.8, 0.2), [0, 255, 0]);
    expectNear(pixelAt(image, 0.2, 0.8), [0, 0, 255]);
    expectNear(pixelAt(image, 0.8, 0.8), [255, 255, 255]);
  });

  it.each(['gif', 'webp', 'tiff'] as const)('takes the first frame of a %s', async (format) => {
    const frames = Buffer.concat([Buffer.alloc(50 * 40 * 3, 255), Buffer.alloc(50 * 40 * 3, 0)]);
    const raw = { width: 50, height: 80, channels: 3, pageHeight: 40 } as const;
    const animation = await sharp(frames, { raw }).toFormat(format).toBuffer();
    const photo = await openPhoto(animation, gray);
    expect([photo.width, photo.height]).toEqual([50, 40]);
    expectNear(pixelAt(await decodePhoto(photo), 0.5, 0.9), [255, 255, 255]);
  });

  it('never enlarges a small photo', async () => {
    const image = await decode(await plain(90, 2000).png().toBuffer());
    expect([image.width, image.height]).toEqual([90, 2000]);
  });
});

function quadrants(): Buffer {
  const data = Buffer.alloc(60 * 40 * 3);
  for (let y = 0; y < 40; y++) {
    for (let x = 0; x < 60; x++) {
      const color =
        y < 20 ? (x < 30 ? [255, 0, 0] : [0, 255, 0]) : x < 30 ? [0, 0, 255] : [255, 255, 255];
      data.set(color, (y * 60 + x) * 3);
    }
  }
  return data;
}

/** The pixels as a camera held that way stores them: the inverse of what EXIF asks a viewer to do. */
async function asCameraStores(upright: Sharp, orientation: number): Promise<Sharp> {
  const turns: Record<number, { mirror: boolean; degrees: number }> = {
    1: { mirror: false, degrees: 0 },
    2: { mirror: true, degrees: 0 },
    3: { mirror: false, degrees: 180 },
    4: { mirror: true, degrees: 180 },
    5: { mirror: true, degrees: 270 },
    6: { mirror: false, degrees: 270 },
    7: { mirror: true, degrees: 90 },
    8: { mirror: false, degrees: 90 },
  };
  const { mirror, degrees } = turns[orientation] ?? { mirror: false, degrees: 0 };
  const flopped = await upright.flop(mirror).png().toBuffer();
  return sharp(await sharp(flopped).rotate(degrees).png().toBuffer());
}
