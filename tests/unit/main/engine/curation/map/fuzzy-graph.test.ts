import { fitFallOff } from '@main/engine/curation/map/fall-off';
import { fuzzyGraph } from '@main/engine/curation/map/fuzzy-graph';
import { principalPlane } from '@main/engine/curation/map/principal-plane';
import { findNeighbors } from '@main/engine/curation/nearest-neighbors';
import { expect, it } from 'vitest';
import { drawBlobs } from '../blobs';

it('fits the curve that the authors of UMAP give for 0.1, and a wider one for 0.5', () => {
  const { a, b } = fitFallOff(0.1);
  expect(a).toBeCloseTo(1.577, 2);
  expect(b).toBeCloseTo(0.895, 2);
  const wide = fitFallOff(0.5);
  expect(wide.a).toBeCloseTo(0.583, 2);
  expect(wide.b).toBeCloseTo(1.334, 2);
});

it('names each pair once and weighs it 0..1; the nearest neighbor of each row counts whole', () => {
  const rows = drawBlobs({ count: 80, width: 10, centers: 2, spread: 0.6 });
  const neighbors = findNeighbors(rows, 6, 1);
  const { heads, tails, weights } = fuzzyGraph(neighbors);
  const pairs = new Map<string, number>();
  heads.forEach((head, edge) => {
    const pair = [head, tails[edge]!].sort((a, b) => a - b).join();
    expect(pairs.has(pair)).toBe(false);
    pairs.set(pair, weights[edge]!);
  });
  for (const weight of weights) {
    expect(weight).toBeGreaterThan(0);
    expect(weight).toBeLessThanOrEqual(1);
  }
  for (let row = 0; row < rows.count; row += 1) {
    const pair = [row, neighbors.indices[row * 6]!].sort((a, b) => a - b).join();
    expect(pairs.get(pair)).toBeCloseTo(1, 5);
  }
});

it('makes the strengths of a row add up to log2 of its neighbors', () => {
  // No row is the neighbor of another one twice over, so nothing is joined.
  const neighbors = {
    k: 4,
    indices: Int32Array.of(1, 2, 3, 4, ...new Array<number>(16).fill(-1)),
    similarities: Float32Array.of(0.9, 0.8, 0.6, 0.3, ...new Array<number>(16).fill(-2)),
    method: 'exact' as const,
  };
  const { heads, tails, weights } = fuzzyGraph(neighbors);
  expect([...heads]).toEqual([0, 0, 0, 0]);
  expect([...tails]).toEqual([1, 2, 3, 4]);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(2, 3);
});

it('finds the plane of the largest spread', () => {
  const rows = drawBlobs({ count: 100, width: 5, centers: 100, spread: 0 });
  for (let row = 0; row < rows.count; row += 1) {
    // Nearly all of the spread is along the axes 1 and 3.
    for (const axis of [0, 2, 4]) rows.data[row * 5 + axis]! *= 0.01;
  }
  const plane = principalPlane(rows, 1);
  const spread = (values: number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  };
  const column = (data: Float32Array, width: number, axis: number) =>
    Array.from({ length: rows.count }, (_, row) => data[row * width + axis]!);
  const kept = spread(column(plane, 2, 0)) + spread(column(plane, 2, 1));
  const all = [0, 1, 2, 3, 4].reduce((sum, axis) => sum + spread(column(rows.data, 5, axis)), 0);
  expect(kept / all).toBeGreaterThan(0.99);
  expect(spread(column(plane, 2, 0))).toBeGreaterThan(spread(column(plane, 2, 1)));
});
