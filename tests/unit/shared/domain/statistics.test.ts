import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exactMcNemar,
  type PairedCounts,
  pairedDifferenceInterval,
  percentile,
  wilsonInterval,
} from '@shared/domain/statistics';

describe('wilsonInterval', () => {
  it('gives the published bounds', () => {
    // Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
    expect(wilsonInterval(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilsonInterval(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(wilsonInterval(15, 148).low).toBeCloseTo(0.0624, 4);
    expect(wilsonInterval(15, 148).high).toBeCloseTo(0.1605, 4);
    expect(wilsonInterval(1, 29).low).toBeCloseTo(0.0061, 4);
    expect(wilsonInterval(1, 29).high).toBeCloseTo(0.1718, 4);
    expect(wilsonInterval(0, 20).low).toBe(0);
    expect(wilsonInterval(0, 20).high).toBeCloseTo(0.1611, 4);
  });

  it('knows nothing without trials', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it('holds the proportion, stays in 0..1 and mirrors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), (trials, seed) => {
        const successes = seed % (trials + 1);
        const { low, high } = wilsonInterval(successes, trials);
        const mirrored = wilsonInterval(trials - successes, trials);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(successes / trials);
        expect(high).toBeGreaterThanOrEqual(successes / trials);
        expect(mirrored.high).toBeCloseTo(1 - low, 12);
      }),
    );
  });
});

describe('exactMcNemar', () => {
  it('equals binomial sums done by hand', () => {
    expect(exactMcNemar(0, 0)).toBe(1);
    expect(exactMcNemar(1, 0)).toBe(1);
    expect(exactMcNemar(5, 0)).toBeCloseTo(2 / 32, 12);
    expect(exactMcNemar(6, 0)).toBeCloseTo(2 / 64, 12);
    // Fagerland et al. 2014, airway hyper-responsiveness: 1 against 7, p = 0.0703.
    expect(exactMcNemar(1, 7)).toBeCloseTo((2 * (1 + 8)) / 256, 12);
    expect(exactMcNemar(12, 2)).toBeCloseTo((2 * (1 + 14 + 91)) / 16384, 12);
  });

  it('stays finite and right for thousands', () => {
    expect(exactMcNemar(5000, 5000)).toBe(1);
    // Normal approximation with continuity correction: z = (5200 - 4800 - 1) / 100 = 3.99.
    expect(exactMcNemar(5200, 4800)).toBeGreaterThan(6.4e-5);
    expect(exactMcNemar(5200, 4800)).toBeLessThan(6.8e-5);
    expect(exactMcNemar(40_000, 0)).toBe(0);
    expect(exactMcNemar(1000, 0) / 2 ** -999).toBeCloseTo(1, 9);
  });

  it('is a symmetric probability that equals the plain sum', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), (lost, gained) => {
        const p = exactMcNemar(lost, gained);
        const n = lost + gained;
        let tail = 0;
        let choose = 1;
        for (let i = 0; i <= Math.min(lost, gained); i += 1) {
          tail += choose;
          choose = (choose * (n - i)) / (i + 1);
        }
        expect(p).toBeCloseTo(Math.min(1, (2 * tail) / 2 ** n), 10);
        expect(exactMcNemar(gained, lost)).toBe(p);
      }),
    );
  });
});

describe('pairedDifferenceInterval', () => {
  it('gives the published worked example', () => {
    // Bentur et al. (2009) in Fagerland, Lydersen, Laake (2014): 1, 1, 7, 12 of 21 children,
    // first minus second -0.286 with Newcombe's interval -0.507 to -0.026.
    const interval = pairedDifferenceInterval({
      bothRight: 1,
      firstOnly: 1,
      secondOnly: 7,
      bothWrong: 12,
    });
    expect(interval.low).toBeCloseTo(0.026, 3);
    expect(interval.high).toBeCloseTo(0.507, 3);
  });

  it('keeps a width when no photo changed', () => {
    const perfect = { bothRight: 84, firstOnly: 0, secondOnly: 0, bothWrong: 0 };
    const { low, high } = pairedDifferenceInterval(perfect);
    // z² / (n + z²): the Wilson reach of 84 of 84.
    expect(high).toBeCloseTo(3.841459 / 87.841459, 6);
    expect(low).toBeCloseTo(-high, 12);
    expect(pairedDifferenceInterval({ ...perfect, bothRight: 0 })).toEqual({ low: -1, high: 1 });
  });

  const counts: fc.Arbitrary<PairedCounts> = fc.record({
    bothRight: fc.nat(400),
    firstOnly: fc.nat(60),
    secondOnly: fc.nat(60),
    bothWrong: fc.nat(100),
  });

  it('holds the difference, stays in -1..1 and turns with the models', () => {
    fc.assert(
      fc.property(counts, (table) => {
        const n = table.bothRight + table.firstOnly + table.secondOnly + table.bothWrong;
        fc.pre(n > 0);
        const { low, high } = pairedDifferenceInterval(table);
        const difference = (table.secondOnly - table.firstOnly) / n;
        expect(low).toBeLessThanOrEqual(difference);
        expect(high).toBeGreaterThanOrEqual(difference);
        expect(low).toBeGreaterThanOrEqual(-1);
        expect(high).toBeLessThanOrEqual(1);
        const turned = pairedDifferenceInterval({
          ...table,
          firstOnly: table.secondOnly,
          secondOnly: table.firstOnly,
        });
        expect(turned.low).toBeCloseTo(-high, 12);
        expect(turned.high).toBeCloseTo(-low, 12);
      }),
    );
  });

  it('narrows with more photos of the same kind', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 20 }), (table, times) => {
        fc.pre(table.bothRight + table.bothWrong > 0);
        const more: PairedCounts = {
          bothRight: table.bothRight * times,
          firstOnly: table.firstOnly * times,
          secondOnly: table.secondOnly * times,
          bothWrong: table.bothWrong * times,
        };
        const few = pairedDifferenceInterval(table);
        const many = pairedDifferenceInterval(more);
        expect(many.high - many.low).toBeLessThanOrEqual(few.high - few.low + 1e-12);
      }),
    );
  });
});

describe('percentile', () => {
  it('interpolates between order statistics', () => {
    expect(percentile([7], 0.95)).toBe(7);
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(percentile([1, 2, 3, 4, 5], 0.95)).toBeCloseTo(4.8, 12);
    expect(percentile([30, 10, 20], 0)).toBe(10);
    expect(percentile([30, 10, 20], 1)).toBe(30);
  });

  it('refuses an empty list', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });

  it('lies between the extremes and rises with the share', () => {
    const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(numbers, share, share, (values, a, b) => {
        const [low, high] = [
          percentile(values, Math.min(a, b)),
          percentile(values, Math.max(a, b)),
        ];
        expect(low).toBeLessThanOrEqual(high + 1e-9);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });
});
