import { decodeHalves, encodeHalves, halfBits, halfValue } from '@main/engine/graph/half-float';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const LARGEST_HALF = 65504;

const everyHalf = Uint16Array.from({ length: 65536 }, (_, bits) => bits);

test('every half survives the way to a number and back', () => {
  const changed = everyHalf.filter((bits) => {
    const value = halfValue(bits);
    return !Number.isNaN(value) && halfBits(value) !== bits;
  });
  expect([...changed]).toEqual([]);
});

test.each([
  [0x3c00, 1],
  [0xc000, -2],
  [0x7bff, LARGEST_HALF],
  [0x0001, 2 ** -24],
  [0x8400, -(2 ** -14)],
  [0x3555, 0.333251953125],
  [0x7c00, Number.POSITIVE_INFINITY],
  [0xfc00, Number.NEGATIVE_INFINITY],
])('0x%s is %s', (bits, value) => {
  expect(halfValue(bits)).toBe(value);
  expect(halfBits(value)).toBe(bits);
});

test('NaN stays NaN, negative zero keeps its sign', () => {
  expect(halfValue(halfBits(Number.NaN))).toBeNaN();
  expect(halfBits(-0)).toBe(0x8000);
  expect(halfValue(0x8000)).toBe(-0);
});

test.each([
  [1 + 2 ** -11, 1],
  [1 + 3 * 2 ** -11, 1 + 2 ** -9],
  [2 ** -25, 0],
  [3 * 2 ** -25, 2 ** -23],
  [Math.fround(2 ** -25 * 1.000001), 2 ** -24],
  [65519, LARGEST_HALF],
  [65520, Number.POSITIVE_INFINITY],
  [-1e9, Number.NEGATIVE_INFINITY],
])('%s rounds to %s: nearest, ties to even', (value, half) => {
  expect(halfValue(halfBits(value))).toBe(half);
});

test('no half is nearer than the one chosen', () => {
  fc.assert(
    fc.property(fc.float({ min: -LARGEST_HALF, max: LARGEST_HALF, noNaN: true }), (value) => {
      const bits = halfBits(value);
      const distance = Math.abs(halfValue(bits) - value);
      const magnitude = bits & 0x7fff;
      const neighbors = [magnitude - 1, magnitude + 1].filter((n) => n >= 0 && n <= 0x7bff);
      for (const neighbor of neighbors) {
        const other = Math.abs(halfValue((bits & 0x8000) | neighbor) - value);
        expect(other > distance || (other === distance && (magnitude & 1) === 0)).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});

test('arrays are converted element by element', () => {
  const values = Float32Array.of(0, 1, -2.5, 6e4, 1e-5);
  expect(encodeHalves(values)).toEqual(Uint16Array.from(values, halfBits));
  expect(decodeHalves(encodeHalves(values))[2]).toBe(-2.5);
});
