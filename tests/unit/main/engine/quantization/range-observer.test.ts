import { minMaxObserver } from '@main/engine/quantization/range-observer';
import fc from 'fast-check';
import { expect, test } from 'vitest';

test('tells the extremes of everything observed, whatever the order', () => {
  const values = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
  fc.assert(
    fc.property(fc.array(values, { minLength: 1 }), (batches) => {
      const observer = minMaxObserver();
      for (const batch of batches) observer.observe(Float32Array.from(batch));
      const all = batches.flat();
      const { min, max } = observer.range();
      expect(min).toBeCloseTo(Math.min(...all));
      expect(max).toBeCloseTo(Math.max(...all));
    }),
  );
});

test.each([[[Number.NaN, 1]], [[1, Number.NaN, 2]], [[1, 2, Number.NaN]]])(
  'a NaN anywhere (%j) leaves no range, also when numbers follow',
  (values) => {
    const observer = minMaxObserver();
    observer.observe(Float32Array.from(values));
    observer.observe(Float32Array.of(1, 2, 3));
    expect(observer.range()).toEqual({ min: Number.NaN, max: Number.NaN });
  },
);

test('nothing observed, no finite range', () => {
  expect(Number.isFinite(minMaxObserver().range().min)).toBe(false);
});
