import { decodePhoto } from '@main/engine/image/decode-photo';
import { turnsItself } from '@main/engine/image/heif/turns-itself';
import { inspectPhoto } from '@main/engine/image/inspect-photo';
import { openPhoto } from '@main/engine/image/open-photo';
import { renderPhoto } from '@main/engine/image/render-photo';
import { PhotoProblem } from '@shared/domain/photo-problem';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeHeic } from '../../../../../fixtures/make-heic';
import { testRecipe } from '../../../../../fixtures/pixel-recipe';

const corners = ['#d02020', '#20a020', '#2040d0', '#e0e020'] as const;

/** 96 x 64 pixels, each quarter of another color: its corners tell how it lies. */
async function quarters(): Promise<Buffer> {
  const part = (background: string) =>
    sharp({ create: { width: 48, height: 32, channels: 3, background } })
      .png()
      .toBuffer();
  const [a, b, c, d] = await Promise.all(corners.map(part));
  return sharp({ create: { width: 96, height: 64, channels: 3, background: '#000' } })
    .composite([
      { input: a, left: 0, top: 0 },
      { input: b, left: 48, top: 0 },
      { input: c, left: 0, top: 32 },
      { input: d, left: 48, top: 32 },
    ])
    .png()
    .toBuffer();
}

interface Pixels {
  width: number;
  height: number;
  data: Uint8Array;
}

/** The nearest of the colors in each quarter, row by row. */
function cornersOf({ width, height, data }: Pixels): string[] {
  const at = (x: number, y: number) => {
    const start = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
    return [...data.subarray(start, start + 3)];
  };
  const distance = (color: string, pixel: number[]) =>
    pixel.reduce(
      (sum, value, channel) =>
        sum + Math.abs(value - parseInt(color.slice(1 + channel * 2, 3 + channel * 2), 16)),
      0,
    );
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)].map((pixel) => {
    const nearest = [...corners].sort((p, q) => distance(p, pixel) - distance(q, pixel))[0];
    return nearest !== undefined && distance(nearest, pixel) < 90 ? nearest : pixel.join(' ');
  });
}

const background = [255, 255, 255] as const;

describe('a HEIC photo', () => {
  const orientations = [1, 2, 3, 4, 5, 6, 7, 8];
  const ways = ['properties', 'exif', 'both'] as const;

  it.each(ways)('is upright whichever way it lies, told by %s', async (saidBy) => {
    const upright = await quarters();
    for (const orientation of orientations) {
      const bytes = await makeHeic(upright, { orientation, saidBy });
      const photo = await openPhoto(bytes, background);
      expect([photo.format, photo.width, photo.height], `size, ${orientation}`).toEqual([
        'heic',
        96,
        64,
      ]);
      const pixels = await decodePhoto(photo);
      expect([pixels.width, pixels.height]).toEqual([96, 64]);
      expect(cornersOf(pixels), `orientation ${orientation}`).toEqual(corners);
    }
  });

  it('tells when and with what it was taken, and shows as a JPEG', async () => {
    const bytes = await makeHeic(await quarters(), { orientation: 6, saidBy: 'both' });
    const { facts } = await inspectPhoto(bytes, testRecipe);
    expect(facts).toMatchObject({ format: 'heic', camera: 'Pocket Phone 1', width: 96 });
    expect(facts.takenAt).toBe('2026-03-04T05:06:07');
    const shown = await renderPhoto(bytes, 48);
    expect(await sharp(shown).metadata()).toMatchObject({ format: 'jpeg', width: 48, height: 32 });
  });

  it('that was cut off is truncated, wherever', async () => {
    const whole = await makeHeic(await quarters());
    for (const kept of [30, 200, 600, whole.length - 100, whole.length - 1]) {
      const opened = openPhoto(whole.subarray(0, kept), background);
      await expect(opened, `${kept} bytes`).rejects.toMatchObject({ reason: 'truncated' });
    }
  });

  it('that is damaged is refused for a reason, and none brings the program down', async () => {
    const whole = await makeHeic(await quarters(), { orientation: 5, saidBy: 'both' });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (changes) => {
          const bytes = Buffer.from(whole);
          for (const [at, value] of changes) bytes[at] = value;
          try {
            await decodePhoto(await openPhoto(bytes, background));
          } catch (error) {
            expect(error).toBeInstanceOf(PhotoProblem);
          }
        },
      ),
      { numRuns: 120 },
    );
  });
});

describe('turnsItself', () => {
  it('sees the properties of the primary picture', async () => {
    const upright = await quarters();
    const told = async (orientation: number, saidBy: 'properties' | 'exif') =>
      turnsItself(await makeHeic(upright, { orientation, saidBy }));
    expect(await told(6, 'properties')).toBe(true);
    expect(await told(2, 'properties')).toBe(true);
    expect(await told(6, 'exif')).toBe(false);
  });

  it('ends on whatever bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(typeof turnsItself(bytes)).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});
