import { decodePhoto } from '@main/engine/image/decode-photo';
import { maximumPixels, openPhoto } from '@main/engine/image/open-photo';
import { PhotoProblem } from '@shared/domain/photo-problem';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawPhoto } from '../../../../fixtures/make-photos';
import { pngClaiming } from '../../../../fixtures/png-claiming';

async function reasonOf(bytes: Uint8Array): Promise<string> {
  try {
    await decodePhoto(await openPhoto(bytes, [0, 0, 0]));
    return 'accepted';
  } catch (error) {
    if (error instanceof PhotoProblem) return error.reason;
    throw error;
  }
}

const text = (value: string) => Buffer.from(value, 'latin1');

describe('openPhoto and decodePhoto refuse', () => {
  const encodings = {
    jpeg: (image: Sharp) => image.jpeg(),
    'progressive jpeg': (image: Sharp) => image.jpeg({ progressive: true }),
    png: (image: Sharp) => image.png(),
    'interlaced png': (image: Sharp) => image.png({ progressive: true }),
    webp: (image: Sharp) => image.webp(),
    avif: (image: Sharp) => image.avif({ effort: 0 }),
    gif: (image: Sharp) => image.gif(),
    'plain tiff': (image: Sharp) => image.tiff({ compression: 'none' }),
    'lzw tiff': (image: Sharp) => image.tiff({ compression: 'lzw' }),
    'jpeg tiff': (image: Sharp) => image.tiff({ compression: 'jpeg' }),
  };

  it.each(Object.entries(encodings))('%s cut anywhere as truncated', async (_, encode) => {
    const picture = sharp(await drawPhoto('cut', { width: 600, height: 500, format: 'png' }));
    const whole = await encode(picture).toBuffer();
    expect(await reasonOf(whole)).toBe('accepted');
    for (const kept of [0.1, 0.5, 0.9, 0.98]) {
      const cut = whole.subarray(0, Math.floor(whole.length * kept));
      expect(await reasonOf(cut), `${kept} of it`).toBe('truncated');
    }
  });

  it('a JPEG that lost its last 20 bytes, although it has a whole EXIF thumbnail', async () => {
    const inner = await drawPhoto('thumbnail', { width: 60, height: 40 });
    const outer = await drawPhoto('photo');
    const segment = Buffer.alloc(4);
    segment.writeUInt16BE(0xffe1, 0);
    segment.writeUInt16BE(inner.length + 2, 2);
    const whole = Buffer.concat([outer.subarray(0, 2), segment, inner, outer.subarray(2)]);
    expect(await reasonOf(whole)).toBe('accepted');
    expect(await reasonOf(whole.subarray(0, -20))).toBe('truncated');
  });

  it('no bytes at all', async () => {
    expect(await reasonOf(new Uint8Array())).toBe('empty');
  });

  it.each([
    ['text', text('These are no pixels, just words that someone named .jpg.')],
    ['one byte', text('x')],
    ['a zip', text('PK\x03\x04 and so on')],
    ['zeros', Buffer.alloc(5000)],
  ])('%s as no image', async (_, bytes) => {
    expect(await reasonOf(bytes)).toBe('not-an-image');
  });

  it.each([
    ['BMP', Buffer.concat([text('BM'), Buffer.alloc(100)])],
    ['SVG', text('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['JPEG XL', text('\0\0\0\x0cJXL \r\n\x87\n')],
    ['Photoshop', text('8BPS\0\x01')],
    ['Canon raw', text('II*\0\x10\0\0\0CR\x02\0')],
  ])('%s, saying its name and what to do', async (name, bytes) => {
    await expect(openPhoto(bytes, [0, 0, 0])).rejects.toMatchObject({
      reason: 'unsupported-format',
      message: expect.stringMatching(new RegExp(`^${name} .*JPEG or PNG`)),
    });
  });

  it('a DNG, whose small preview would pass for the photo', async () => {
    const directory = Buffer.alloc(8 + 2 + 12 + 4);
    directory.write('II*\0', 'latin1');
    directory.writeUInt32LE(8, 4);
    directory.writeUInt16LE(1, 8);
    directory.writeUInt16LE(50706, 10);
    expect(await reasonOf(directory)).toBe('unsupported-format');
  });

  it('a pixel bomb before decoding it', async () => {
    await expect(openPhoto(pngClaiming(60_000, 60_000), [0, 0, 0])).rejects.toMatchObject({
      reason: 'too-large',
      message: expect.stringContaining('60000 × 60000'),
    });
  });

  it('a HEIC that has nothing in it, as damaged', async () => {
    expect(await reasonOf(text('\0\0\0\x18ftypheic\0\0\0\0mif1heic'))).toBe('damaged');
  });

  it('damage inside a complete file', async () => {
    const bytes = await drawPhoto('damage', { format: 'png' });
    bytes.fill(0xaa, bytes.length / 2, bytes.length / 2 + 200);
    expect(await reasonOf(bytes)).toBe('damaged');
  });
});

describe('openPhoto', () => {
  it('accepts what a 200-megapixel phone writes', async () => {
    expect(16_320 * 12_240).toBeLessThanOrEqual(maximumPixels);
    const photo = await openPhoto(pngClaiming(16_320, 12_240), [0, 0, 0]);
    expect([photo.width, photo.height]).toEqual([16_320, 12_240]);
  });

  it('goes by the bytes, not by what sharp could open besides photos', async () => {
    const svg = text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    await expect(sharp(svg).metadata()).resolves.toMatchObject({ format: 'svg' });
    expect(await reasonOf(svg)).toBe('unsupported-format');
  });
});
