import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { composePhoto } from '@main/engine/image/sample/compose-photo';
import { createRandom } from '@shared/domain/random';

let drawing: Buffer;

beforeAll(async () => {
  drawing = await sharp(
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="200" height="200"><circle cx="5" cy="5" r="4" fill="#00ff00"/></svg>',
    ),
  )
    .png()
    .toBuffer();
});

describe('composePhoto', () => {
  it('gives a JPEG in which the drawing can be seen', async () => {
    const photo = await composePhoto(drawing, createRandom(7));
    const { format, width, height } = await sharp(photo).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 480, height: 360 });
    const pixels = await sharp(photo).raw().toBuffer();
    let green = 0;
    for (let i = 0; i < pixels.length; i += 3) {
      const [red = 0, middle = 0, blue = 0] = pixels.subarray(i, i + 3);
      if (middle > red + 60 && middle > blue + 60) green++;
    }
    expect(green).toBeGreaterThan(2000);
  });

  it('is the same for the same seed and another for another', async () => {
    const first = await composePhoto(drawing, createRandom(1));
    expect((await composePhoto(drawing, createRandom(1))).equals(first)).toBe(true);
    expect((await composePhoto(drawing, createRandom(2))).equals(first)).toBe(false);
  });
});
