import { decodePhoto } from '@main/engine/image/decode-photo';
import { mistakenInput, type PixelMistake } from '@main/engine/image/mistaken-input';
import { modelInput } from '@main/engine/image/model-input';
import { openPhoto } from '@main/engine/image/open-photo';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createPreprocessing } from '../../../../fakes/fake-model';

const colors = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  white: [255, 255, 255],
} as const;
type Color = keyof typeof colors;

/** A picture of 16 x 8 blocks of 4 pixels: gray but for the four blocks in the middle. */
async function photoOf(middle: [Color, Color, Color, Color]) {
  const [wide, high] = [64, 32];
  const data = Buffer.alloc(wide * high * 3, 128);
  const fill = (color: Color, left: number, top: number) => {
    for (let y = top; y < top + 16; y += 1) {
      for (let x = left; x < left + 16; x += 1) data.set(colors[color], (y * wide + x) * 3);
    }
  };
  middle.forEach((color, index) => fill(color, 16 + 16 * (index % 2), 16 * Math.floor(index / 2)));
  const bytes = await sharp(data, { raw: { width: wide, height: high, channels: 3 } })
    .png()
    .toBuffer();
  return openPhoto(bytes, [0, 0, 0]);
}

const recipe = createPreprocessing({ width: 16, height: 16 });

async function mistaken(mistake: PixelMistake, changes: Partial<typeof recipe> = {}) {
  const own = { ...recipe, ...changes };
  const opened = await photoOf(['red', 'green', 'blue', 'white']);
  const decoded = await decodePhoto(opened);
  const right = await modelInput(decoded, own);
  return { input: await mistakenInput(mistake, { opened, decoded, right }, own), right };
}

/** The color in the middle of each quarter, from the top left. */
const quarters = (input: Uint8Array) =>
  [
    [4, 4],
    [11, 4],
    [4, 11],
    [11, 11],
  ].map(([x = 0, y = 0]) => {
    const pixel = [...input.subarray((y * 16 + x) * 3, (y * 16 + x) * 3 + 3)];
    const near = Object.entries(colors).find(([, color]) =>
      color.every((value, channel) => Math.abs(value - (pixel[channel] ?? 0)) < 12),
    );
    return near?.[0] ?? 'other';
  });

describe('mistakenInput', () => {
  it.each<[PixelMistake, string[]]>([
    ['bgr', ['blue', 'green', 'red', 'white']],
    ['mirrored', ['green', 'red', 'white', 'blue']],
    ['turned-right', ['blue', 'red', 'white', 'green']],
    ['turned-left', ['green', 'white', 'red', 'blue']],
    ['upside-down', ['white', 'blue', 'green', 'red']],
    ['aliased', ['red', 'green', 'blue', 'white']],
  ])('%s', async (mistake, seen) => {
    const { input, right } = await mistaken(mistake);
    expect(quarters(right)).toEqual(['red', 'green', 'blue', 'white']);
    expect(quarters(input)).toEqual(seen);
  });

  it('squeezes the whole picture into the square: what was outside of it is there', async () => {
    const { input } = await mistaken('stretched');
    const gray = [...input.subarray(0, 3)];
    expect(gray.every((value) => Math.abs(value - 128) < 12)).toBe(true);
  });

  it('takes all of the short side where the contract takes a part of it', async () => {
    const { input, right } = await mistaken('uncropped', { cropFraction: 0.5 });
    expect(input).not.toEqual(right);
    expect(input).toEqual((await mistaken('uncropped', { cropFraction: 1 })).right);
  });

  it('takes single pixels of the photo’s full size', async () => {
    const side = 1024;
    const data = Buffer.alloc(side * side * 3);
    for (let at = 0; at < data.length; at += 3) {
      data.fill(((at / 3) % side) % 2 === 0 ? 255 : 0, at, at + 3);
    }
    const bytes = await sharp(data, { raw: { width: side, height: side, channels: 3 } })
      .png()
      .toBuffer();
    const opened = await openPhoto(bytes, [0, 0, 0]);
    const decoded = await decodePhoto(opened);
    const right = await modelInput(decoded, recipe);
    const input = await mistakenInput('aliased', { opened, decoded, right }, recipe);
    // Fine stripes are an even gray, unless single pixels are taken.
    expect([...right].every((value) => value > 60 && value < 190)).toBe(true);
    expect([...input].every((value) => value < 60 || value > 190)).toBe(true);
  });
});
