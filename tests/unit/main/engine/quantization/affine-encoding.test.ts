import {
  int8Encoding,
  quantizeValues,
  rangeOfStored,
} from '@main/engine/quantization/affine-encoding';
import { quantizeValue, roundHalfAwayFromZero } from '@main/engine/quantization/quantize-value';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const ends = fc.double({ min: -1000, max: 1000, noNaN: true });
const ranges = fc
  .tuple(ends, ends)
  .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }))
  .filter(({ min, max }) => Math.max(0, max) - Math.min(0, min) > 1e-6);

test('halves are rounded away from zero, as TFLite rounds', () => {
  expect([-1.5, -0.5, -0.4, 0.4, 0.5, 1.5].map(roundHalfAwayFromZero)).toEqual([
    -2, -1, -0, 0, 1, 2,
  ]);
});

test('values beyond the stored range become its ends', () => {
  const encoding = { scale: 1, zeroPoint: 0 };
  expect(quantizeValue(500, encoding, { min: -128, max: 127 })).toBe(127);
  expect(quantizeValue(-500, encoding, { min: -128, max: 127 })).toBe(-128);
});

describe('the int8 encoding of a range', () => {
  test('of ReLU6 uses every step', () => {
    expect(int8Encoding({ min: 0, max: 6 })).toEqual({
      scale: Math.fround(6 / 255),
      zeroPoint: -128,
    });
  });

  test('of values below zero only still holds zero', () => {
    const encoding = int8Encoding({ min: -5, max: -3 });
    expect(encoding.zeroPoint).toBe(127);
    expect(rangeOfStored('int8', encoding).min).toBeCloseTo(-5, 4);
  });

  test('of a tensor that is always zero is usable', () => {
    const encoding = int8Encoding({ min: 0, max: 0 });
    expect(encoding.scale).toBeGreaterThan(0);
    expect(Array.from(quantizeValues(Float32Array.of(0), encoding, 'int8'))).toEqual([
      encoding.zeroPoint,
    ]);
  });

  test('stores zero exactly, both ends within a step, with a float32 scale', () => {
    fc.assert(
      fc.property(ranges, (range) => {
        const encoding = int8Encoding(range);
        const { scale, zeroPoint } = encoding;
        expect(Number.isInteger(zeroPoint)).toBe(true);
        expect(zeroPoint).toBeGreaterThanOrEqual(-128);
        expect(zeroPoint).toBeLessThanOrEqual(127);
        expect(Math.fround(scale)).toBe(scale);
        expect(quantizeValues(Float32Array.of(0), encoding, 'int8')[0]).toBe(zeroPoint);
        const held = rangeOfStored('int8', encoding);
        expect(held.min - scale).toBeLessThanOrEqual(Math.min(0, range.min));
        expect(held.max + scale).toBeGreaterThanOrEqual(Math.max(0, range.max));
      }),
    );
  });

  test('loses at most half a step inside, a step at the ends', () => {
    fc.assert(
      fc.property(ranges, fc.double({ min: 0, max: 1, noNaN: true }), (range, share) => {
        const encoding = int8Encoding(range);
        const value = Math.fround(range.min + share * (range.max - range.min));
        const [stored = 0] = quantizeValues(Float32Array.of(value), encoding, 'int8');
        const back = encoding.scale * (stored - encoding.zeroPoint);
        expect(Math.abs(back - value)).toBeLessThanOrEqual(encoding.scale * 1.001);
      }),
    );
  });
});
