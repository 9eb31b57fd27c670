import { createObserver } from '@main/engine/quantization/range-rules';
import { createRandom } from '@shared/domain/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const rules = ['percentile', 'mse', 'kl'] as const;

/** Normal values, and a few far away. */
function withOutliers(count = 200_000, far = 60): Float32Array {
  const random = createRandom(5);
  return Float32Array.from({ length: count }, (_, i) => (i < 4 ? far : random.normal()));
}

function rangeOf(rule: Parameters<typeof createObserver>[0], ...batches: Float32Array[]) {
  const observer = createObserver(rule);
  for (const batch of batches) observer.observe(batch);
  return observer.range();
}

/** Mean squared error of storing values in 256 steps of a range. */
function errorOf(values: Float32Array, { min, max }: { min: number; max: number }): number {
  const step = (Math.max(0, max) - Math.min(0, min)) / 255;
  const sum = values.reduce((total, value) => {
    const stored = Math.round(Math.min(max, Math.max(min, value)) / step) * step;
    return total + (stored - value) ** 2;
  }, 0);
  return sum / values.length;
}

describe.each(rules)('%s', (rule) => {
  it('clips rare values far from all others', () => {
    const { min, max } = rangeOf(rule, withOutliers());
    // Squared error weighs how far away clipped values are.
    expect(max).toBeLessThan(rule === 'mse' ? 58 : 30);
    expect(max).toBeGreaterThan(2);
    expect(min).toBeLessThan(-2);
  });

  it('never goes beyond what was seen, and stays a range', () => {
    const values = fc.array(fc.float({ noNaN: true, min: -1000, max: 1000 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 4 }), (batches) => {
        const { min, max } = rangeOf(rule, ...batches.map((batch) => Float32Array.from(batch)));
        const all = batches.flat();
        const width = Math.max(...all) - Math.min(...all);
        expect(min).toBeGreaterThanOrEqual(Math.min(...all) - 1e-3 * width - 1e-6);
        expect(max).toBeLessThanOrEqual(Math.max(...all) + 1e-3 * width + 1e-6);
        expect(min).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('the order of photos changes little', () => {
    const values = withOutliers();
    const halves = [values.slice(0, 100_000), values.slice(100_000)];
    const [forward, backward] = [rangeOf(rule, ...halves), rangeOf(rule, ...halves.reverse())];
    expect(Math.abs(forward.max - backward.max)).toBeLessThan(1.5);
  });

  it('a value that is no number leaves no range', () => {
    const { min } = rangeOf(rule, Float32Array.of(1, 2), Float32Array.of(3, Number.NaN));
    expect(Number.isFinite(min)).toBe(false);
  });

  it('nothing observed, no finite range', () => {
    expect(Number.isFinite(rangeOf(rule).min)).toBe(false);
  });
});

it('least squared error really stores values with less error than all of them or 99.99 % do', () => {
  const values = withOutliers(200_000, 12);
  const [all, mse] = [rangeOf('min-max', values), rangeOf('mse', values)];
  expect(errorOf(values, mse)).toBeLessThan(errorOf(values, all));
  expect(errorOf(values, mse)).toBeLessThanOrEqual(errorOf(values, rangeOf('kl', values)) * 1.05);
});

it.each(rules)('%s: values far from zero, all on one side, stay a range', (rule) => {
  const far = Float32Array.from({ length: 4000 }, (_, i) => 900 + (i % 100));
  for (const values of [far, far.map((value) => -value)]) {
    const { min, max } = rangeOf(rule, values);
    expect(min).toBeLessThan(max);
    expect(Math.min(Math.abs(min), Math.abs(max))).toBeGreaterThanOrEqual(899);
  }
});

it('a range on one side of zero keeps the end that is nearer to it', () => {
  const positive = Float32Array.from({ length: 5000 }, (_, i) => i / 1000);
  expect(rangeOf('mse', positive).min).toBe(0);
});
