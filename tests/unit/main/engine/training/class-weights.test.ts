import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balancedClassWeights } from '@main/engine/training/class-weights';

describe('balancedClassWeights', () => {
  it('weighs a class of 1 in 4 three times as much as one of 3 in 4', () => {
    expect([...balancedClassWeights(Int32Array.of(0, 0, 1, 0), 2)]).toEqual([
      expect.closeTo(2 / 3, 6),
      2,
    ]);
  });

  it('gives a class without photos nothing', () => {
    expect([...balancedClassWeights(Int32Array.of(0, 2), 3)]).toEqual([1, 0, 1]);
  });

  it('lets every class that is there count the same, with a mean weight of 1', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 60 }), (labels) => {
        const weights = balancedClassWeights(Int32Array.from(labels), 5);
        const total = (label: number) =>
          labels.filter((other) => other === label).length * (weights[label] ?? 0);
        const present = [...new Set(labels)];
        for (const label of present) {
          expect(total(label)).toBeCloseTo(labels.length / present.length, 3);
        }
      }),
    );
  });
});
