import { describe, expect, it } from 'vitest';
import { augmentPhoto } from '@main/engine/image/augment-photo';
import type { RgbImage } from '@main/engine/image/rgb-image';
import { type Augmentation, noAugmentation } from '@shared/domain/fine-tuning';
import { createRandom } from '@shared/domain/random';

const width = 24;
const height = 16;

/** A bright spot right of the middle on a slope of gray. */
const photo: RgbImage = {
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    if (Math.abs(x - 16) <= 1 && Math.abs(y - 8) <= 1) return i % 3 === 0 ? 250 : 40;
    return 60 + 4 * x;
  }),
};

const augmented = (amounts: Partial<Augmentation>, seed: number) =>
  augmentPhoto(photo, { ...noAugmentation, ...amounts }, createRandom(seed)).data;

const seeds = Array.from({ length: 12 }, (_, seed) => seed);
const variance = (data: Uint8Array) => {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  return data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
};

describe('augmentPhoto', () => {
  it('leaves a photo alone when nothing is asked for', () => {
    for (const seed of seeds) expect(augmented({}, seed)).toEqual(photo.data);
  });

  const each: [keyof Augmentation, Partial<Augmentation>][] = [
    ['flip', { flip: true }],
    ['crop', { crop: 0.4 }],
    ['rotate', { rotate: 30 }],
    ['color', { color: 0.5 }],
    ['blur', { blur: 40 }],
    ['cutout', { cutout: 0.5 }],
  ];
  it.each(each)('%s changes photos by the seed, and by it alone', (_, amounts) => {
    const views = seeds.map((seed) => augmented(amounts, seed));
    expect(new Set(views.map((view) => Buffer.from(view).toString('base64'))).size).toBeGreaterThan(
      1,
    );
    seeds.forEach((seed, i) => expect(augmented(amounts, seed)).toEqual(views[i]));
    for (const view of views) expect(view).toHaveLength(photo.data.length);
  });

  it('mirrors about half of the photos, exactly', () => {
    const mirrored = Uint8Array.from(photo.data, (_, i) => {
      const pixel = Math.floor(i / 3);
      const [x, y] = [pixel % width, Math.floor(pixel / width)];
      return photo.data[(y * width + width - 1 - x) * 3 + (i % 3)] ?? 0;
    });
    const flipped = seeds.filter((seed) => {
      const view = augmented({ flip: true }, seed);
      const isFlipped = Buffer.from(view).equals(mirrored);
      if (!isFlipped) expect(view).toEqual(photo.data);
      return isFlipped;
    });
    expect(flipped.length).toBeGreaterThan(2);
    expect(flipped.length).toBeLessThan(10);
  });

  it('blurs: contrast falls or stays', () => {
    const views = seeds.map((seed) => variance(augmented({ blur: 40 }, seed)));
    const before = variance(photo.data);
    expect(Math.min(...views)).toBeLessThan(before * 0.99);
    expect(Math.max(...views)).toBeLessThanOrEqual(before);
  });

  it('covers a square of the asked size with gray', () => {
    const changes = seeds.map((seed) => {
      const view = augmented({ cutout: 0.5 }, seed);
      return view.filter((value, i) => value !== photo.data[i] && value === 128).length / 3;
    });
    expect(Math.max(...changes)).toBeGreaterThan(4 * 4 * 0.6);
    expect(Math.max(...changes)).toBeLessThanOrEqual(8 * 8);
  });

  it('keeps what one bound draws when another changes', () => {
    const seed = seeds.find((candidate) => {
      const view = augmented({ flip: true }, candidate);
      return !Buffer.from(view).equals(photo.data);
    });
    const plain = augmented({ color: 0.3 }, seed ?? 0);
    const both = augmented({ color: 0.3, cutout: 0.3 }, seed ?? 0);
    const same = both.filter((value, i) => value === plain[i]).length;
    expect(same / both.length).toBeGreaterThan(0.85);
  });
});
