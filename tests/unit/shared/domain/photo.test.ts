import { photoFactsSchema, photoSummarySchema } from '@shared/domain/photo';
import { photoFilterSchema } from '@shared/domain/photo-filter';
import { describe, expect, it } from 'vitest';

const facts = {
  format: 'jpeg',
  width: 40,
  height: 30,
  perceptualHash: '0123456789abcdef',
  sharpness: 12.5,
  brightness: 100,
};

describe('photoFactsSchema', () => {
  it('takes facts with and without EXIF', () => {
    expect(photoFactsSchema.safeParse(facts).success).toBe(true);
    const withExif = { ...facts, takenAt: '2024-02-29T23:59:58', camera: 'Pocket' };
    expect(photoFactsSchema.parse(withExif)).toEqual(withExif);
  });

  it.each([
    ['an unknown format', { format: 'bmp' }],
    ['no pixels', { width: 0 }],
    ['a short hash', { perceptualHash: '0123' }],
    ['an upper-case hash', { perceptualHash: '0123456789ABCDEF' }],
    ['impossible brightness', { brightness: 256 }],
  ])('refuses %s', (_, change) => {
    expect(photoFactsSchema.safeParse({ ...facts, ...change }).success).toBe(false);
  });
});

describe('photoSummarySchema', () => {
  it('needs no label, split or conflict', () => {
    const photo = { id: 1, fileName: 'a', width: 1, height: 1, excluded: false, missing: false };
    expect(photoSummarySchema.parse(photo)).toEqual(photo);
    expect(photoSummarySchema.safeParse({ ...photo, id: 0 }).success).toBe(false);
  });
});

describe('photoFilterSchema', () => {
  it('bounds the text that is searched for', () => {
    expect(photoFilterSchema.safeParse({ text: 'x'.repeat(201) }).success).toBe(false);
    expect(photoFilterSchema.parse({})).toEqual({});
  });
});
