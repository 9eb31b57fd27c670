// @vitest-environment node
import { withExif } from '@renderer/features/capture/exif-segment';
import readExif from 'exif-reader';
import sharp from 'sharp';
import { expect, it } from 'vitest';

it('a shot says when and by what it was taken, and stays the picture it was', async () => {
  const jpeg = await sharp({ create: { width: 8, height: 6, channels: 3, background: '#a33' } })
    .jpeg()
    .toBuffer();
  const shot = withExif(jpeg, new Date(2026, 2, 4, 5, 6, 7));
  const { width, height, exif } = await sharp(shot).metadata();
  expect([width, height]).toEqual([8, 6]);
  if (!exif) throw new Error('There is no EXIF block');
  const { Image: image, Photo: photo } = readExif(exif);
  expect(image?.Model).toBe('Camera of this computer');
  // The reader hands a clock without a zone out as if it were UTC.
  expect(photo?.DateTimeOriginal?.toISOString()).toBe('2026-03-04T05:06:07.000Z');
  expect(await sharp(shot).raw().toBuffer()).toEqual(await sharp(jpeg).raw().toBuffer());
});
