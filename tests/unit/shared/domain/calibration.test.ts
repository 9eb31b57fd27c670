import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationOf } from '@shared/domain/calibration';
import type { PhotoAnswer } from '@shared/domain/comparison';

/** Two classes, the first always answered. */
function photo(photoId: number, probability: number, isRight: boolean): PhotoAnswer {
  return {
    photoId,
    truth: isRight ? 0 : 1,
    probabilities: [[probability, 1 - probability]],
  };
}

const photos = fc.array(
  fc
    .tuple(fc.integer({ min: 128, max: 255 }), fc.boolean())
    .map(([level, isRight]) => photo(1, level / 255, isRight)),
  { minLength: 1, maxLength: 300 },
);

describe('calibrationOf', () => {
  it('counts like a person with a pencil', () => {
    const answers = [
      ...Array.from({ length: 10 }, (_, index) => photo(index + 1, 0.6, index < 4)),
      ...Array.from({ length: 10 }, (_, index) => photo(index + 11, 0.9, index < 9)),
    ];
    const { bins, error } = calibrationOf(answers, 0);
    expect(bins.map(({ photos: size, correct }) => [size, correct])).toEqual([
      [10, 4],
      [10, 9],
    ]);
    // Half the photos are off by 0.2, half by nothing.
    expect(error).toBeCloseTo(0.1, 12);
    expect(bins[0]?.interval.low).toBeLessThan(0.4);
  });

  it('cuts beside many equals, not behind them', () => {
    const answers = [
      ...Array.from({ length: 8 }, (_, index) => photo(index + 1, 0.6, index < 4)),
      ...Array.from({ length: 32 }, (_, index) => photo(index + 9, 0.9, true)),
    ];
    const { bins } = calibrationOf(answers, 0);
    expect(bins.map(({ photos: size }) => size)).toEqual([8, 32]);
  });

  it('knows nothing without photos, and has one bin for few', () => {
    expect(calibrationOf([], 0)).toEqual({ bins: [] });
    expect(calibrationOf([photo(1, 0.7, true)], 0).bins).toHaveLength(1);
  });

  it('loses no photo, keeps bins apart and is a share', () => {
    fc.assert(
      fc.property(photos, (answers) => {
        const { bins, error } = calibrationOf(answers, 0);
        expect(bins.reduce((sum, bin) => sum + bin.photos, 0)).toBe(answers.length);
        expect(bins.length).toBeLessThanOrEqual(10);
        bins.slice(1).forEach(({ confidenceRange }, index) => {
          expect(confidenceRange.low).toBeGreaterThan(bins[index]?.confidenceRange.high ?? 1);
        });
        expect(error).toBeGreaterThanOrEqual(0);
        expect(error).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('does not depend on the order of the photos', () => {
    fc.assert(
      fc.property(photos, (answers) => {
        const turned = calibrationOf([...answers].reverse(), 0);
        const { bins, error } = calibrationOf(answers, 0);
        expect(turned.bins.map(({ correct }) => correct)).toEqual(
          bins.map(({ correct }) => correct),
        );
        expect(turned.error).toBeCloseTo(error ?? Number.NaN, 12);
      }),
    );
  });
});
