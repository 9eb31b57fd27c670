import { searchOutput } from '@main/engine/quantization/rounding/search-output';
import { createRandom } from '@shared/domain/random';
import { describe, expect, it } from 'vitest';

/** Mean products of each two values of rows. */
function productsOf(rows: readonly Float64Array[]): Float64Array {
  const length = rows[0]?.length ?? 0;
  return Float64Array.from({ length: length * length }, (_, at) => {
    const [i, j] = [Math.floor(at / length), at % length];
    return rows.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0) / rows.length;
  });
}

/** Mean square of what the stored weights add to the output, computed from the rows themselves. */
function errorOf(
  rows: readonly Float64Array[],
  weights: Float64Array,
  stored: ArrayLike<number>,
  scale: number,
): number {
  return (
    rows.reduce((sum, row) => {
      const added = weights.reduce(
        (total, weight, i) => total + (scale * (stored[i] ?? 0) - weight) * (row[i] ?? 0),
        0,
      );
      return sum + added * added;
    }, 0) / rows.length
  );
}

/** Rows of values that have much in common, as neighbors in a picture do. */
function drawRows(seed: number, count: number, length: number): Float64Array[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const common = random.normal() + 1;
    return Float64Array.from({ length }, () => common + 0.3 * random.normal());
  });
}

describe('searchOutput', () => {
  it('rounds two weights that are read together in opposite directions', () => {
    // Both inputs are always the same: 0.4 + 0.4 is best stored as 1 + 0, where the nearest are 0 + 0.
    const rows = [Float64Array.of(1, 1), Float64Array.of(-2, -2)];
    const weights = Float64Array.of(0.4, 0.4);
    const { stored, nearest, found } = searchOutput(productsOf(rows), weights, 1);
    expect([...stored].sort()).toEqual([0, 1]);
    // 0.8 and 0.2 off, on inputs whose mean square is 2.5.
    expect(nearest).toBeCloseTo(0.8 ** 2 * 2.5, 10);
    expect(found).toBeCloseTo(0.2 ** 2 * 2.5, 10);
  });

  it('leaves weights at the nearest where inputs have nothing in common', () => {
    const products = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
    const { stored, nearest, found } = searchOutput(products, Float64Array.of(0.4, -1.6, 2.2), 1);
    expect([...stored]).toEqual([0, -2, 2]);
    expect(found).toBe(nearest);
  });

  it.each([1, 2, 3, 4, 5])(
    'is never worse than the nearest on its own rows, and says by how much: seed %i',
    (seed) => {
      const length = 12;
      const scale = 0.1;
      const rows = drawRows(seed, 60, length);
      const random = createRandom(seed + 100);
      for (let output = 0; output < 20; output += 1) {
        const weights = Float64Array.from({ length }, () => random.normal());
        const { stored, nearest, found } = searchOutput(productsOf(rows), weights, scale);
        const plain = Array.from(weights, (weight) => Math.round(weight / scale));
        expect(nearest).toBeCloseTo(errorOf(rows, weights, plain, scale), 8);
        expect(found).toBeCloseTo(errorOf(rows, weights, stored, scale), 8);
        expect(found).toBeLessThanOrEqual(nearest);
        stored.forEach((value, i) => {
          expect(Math.abs(value * scale - (weights[i] ?? 0))).toBeLessThanOrEqual(scale * 1.001);
        });
      }
    },
  );

  it('never stores more than 127 steps', () => {
    const rows = drawRows(7, 40, 4);
    const { stored } = searchOutput(productsOf(rows), Float64Array.of(127, 126.6, -127, 3.4), 1);
    expect(Math.max(...stored.map(Math.abs))).toBeLessThanOrEqual(127);
  });

  it('finds nearly what trying all roundings of nine weights finds', () => {
    const length = 9;
    const scale = 0.2;
    const rows = drawRows(11, 80, length);
    const products = productsOf(rows);
    const random = createRandom(12);
    const sums = { nearest: 0, found: 0, best: 0 };
    for (let output = 0; output < 12; output += 1) {
      const weights = Float64Array.from({ length }, () => random.normal());
      const low = Array.from(weights, (weight) => Math.floor(weight / scale));
      const all = Array.from({ length: 2 ** length }, (_, choice) =>
        errorOf(
          rows,
          weights,
          low.map((value, i) => value + ((choice >> i) & 1)),
          scale,
        ),
      );
      const { nearest, found } = searchOutput(products, weights, scale);
      sums.nearest += nearest;
      sums.found += found;
      sums.best += Math.min(...all);
    }
    expect(sums.found).toBeLessThan(sums.nearest / 3);
    expect(sums.nearest - sums.found).toBeGreaterThan(0.8 * (sums.nearest - sums.best));
  });
});
