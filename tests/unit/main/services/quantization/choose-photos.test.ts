import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseChecks, orderTraining } from '@main/services/quantization/choose-photos';
import { versionPhotos } from '../../../../fakes/fake-dataset';

/** 30 bananas and hats in turns, 6 more bananas only; and photos that must not be taken. */
const photos = [
  ...versionPhotos('train', 1, 30),
  ...versionPhotos('train', 101, 6, 1),
  ...versionPhotos('validation', 201, 10),
  ...versionPhotos('test', 301, 10),
];

const settings = (count: number, choice: 'balanced' | 'random', seed = 1) => ({
  count,
  choice,
  ranges: 'min-max' as const,
  seed,
});

/** As many as asked for, in the order in which they are taken. */
const choose = (from: typeof photos, { count, ...asked }: ReturnType<typeof settings>) =>
  orderTraining(from, asked).slice(0, count);

describe('orderTraining', () => {
  it('gives every class as many, while they last', () => {
    const classes = (count: number) =>
      choose(photos, settings(count, 'balanced')).map((photo) => photo.labelIndex);
    expect(classes(10).filter((label) => label === 1)).toHaveLength(5);
    expect(classes(36).filter((label) => label === 1)).toHaveLength(15);
  });

  it('takes training photos only, each once, and no more than there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom('balanced' as const, 'random' as const),
        fc.nat(1000),
        (count, choice, seed) => {
          const chosen = choose(photos, settings(count, choice, seed));
          expect(chosen).toHaveLength(Math.min(count, 36));
          expect(new Set(chosen.map((photo) => photo.photoId)).size).toBe(chosen.length);
          expect(chosen.every((photo) => photo.split === 'train')).toBe(true);
        },
      ),
    );
  });

  it('chooses the same for the same seed, others for another', () => {
    for (const choice of ['balanced', 'random'] as const) {
      const ids = (seed: number) =>
        choose(photos, settings(12, choice, seed)).map((photo) => photo.photoId);
      expect(ids(7)).toEqual(ids(7));
      expect(ids(7)).not.toEqual(ids(8));
    }
  });
});

describe('chooseChecks', () => {
  it('never touches the test split and prefers what calibration has not seen', () => {
    const calibration = choose(photos, settings(30, 'balanced'));
    const seen = new Set(calibration.map((photo) => photo.photoId));
    const checks = chooseChecks(photos, calibration, 20, 1);
    expect(checks).toHaveLength(20);
    expect(checks.some((photo) => photo.split === 'test')).toBe(false);
    expect(checks.slice(0, 16).some((photo) => seen.has(photo.photoId))).toBe(false);
    expect(checks.slice(16).every((photo) => seen.has(photo.photoId))).toBe(true);
  });
});
