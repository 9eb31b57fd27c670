import { nextSplit, type Split, splitRatioSchema, splits } from '@shared/domain/split';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const ratio = fc
  .tuple(fc.integer({ min: 1, max: 10 }), fc.nat({ max: 8 }), fc.nat({ max: 8 }))
  .map(([train, validation, test]) => {
    const total = train + validation + test;
    return { train: train / total, validation: validation / total, test: test / total };
  });

describe('nextSplit', () => {
  it('keeps every split within one photo of its share, however many come', () => {
    fc.assert(
      fc.property(ratio, fc.integer({ min: 1, max: 200 }), (shares, photos) => {
        const counts: Record<Split, number> = { train: 0, validation: 0, test: 0 };
        for (let dealt = 1; dealt <= photos; dealt++) {
          counts[nextSplit(counts, shares)] += 1;
          for (const split of splits) {
            expect(Math.abs(counts[split] - shares[split] * dealt)).toBeLessThan(1 + 1e-9);
          }
        }
      }),
    );
  });

  it('never deals to a split without a share', () => {
    const shares = { train: 1, validation: 0, test: 0 };
    expect(nextSplit({ train: 500, validation: 0, test: 0 }, shares)).toBe('train');
  });

  it('starts with train', () => {
    const shares = { train: 0.34, validation: 0.33, test: 0.33 };
    expect(nextSplit({ train: 0, validation: 0, test: 0 }, shares)).toBe('train');
  });
});

describe('splitRatioSchema', () => {
  it('wants shares that add up to 1', () => {
    const parse = (train: number, validation: number, test: number) =>
      splitRatioSchema.safeParse({ train, validation, test }).success;
    expect(parse(0.7, 0.2, 0.1)).toBe(true);
    expect(parse(0.7, 0.2, 0.2)).toBe(false);
    expect(parse(0, 0.5, 0.5)).toBe(false);
  });
});
