import { findNeighbors } from '@main/engine/curation/nearest-neighbors';
import { dotRows } from '@main/engine/curation/rows';
import { expect, it } from 'vitest';
import { drawBlobs } from './blobs';

const rows = drawBlobs({ count: 600, width: 24, centers: 12, spread: 0.5 });

it('finds the most similar others, nearest first', () => {
  const { indices, similarities, method } = findNeighbors(rows, 5, 1);
  expect(method).toBe('exact');
  for (let row = 0; row < rows.count; row += 37) {
    const others = Array.from({ length: rows.count }, (_, other) => other)
      .filter((other) => other !== row)
      .sort((a, b) => dotRows(rows, row, rows, b) - dotRows(rows, row, rows, a));
    expect([...indices.subarray(row * 5, row * 5 + 5)]).toEqual(others.slice(0, 5));
    expect(similarities[row * 5]).toBeCloseTo(dotRows(rows, row, rows, others[0] ?? 0), 6);
  }
});

it('finds nearly all of them by cells, and says that it is approximate', () => {
  const exact = findNeighbors(rows, 5, 1);
  const byCells = findNeighbors(rows, 5, 1, {}, 100);
  expect(byCells.method).toBe('approximate');
  let common = 0;
  for (let row = 0; row < rows.count; row += 1) {
    const found = new Set(byCells.indices.subarray(row * 5, row * 5 + 5));
    for (const index of exact.indices.subarray(row * 5, row * 5 + 5))
      if (found.has(index)) common += 1;
  }
  expect(common / (rows.count * 5)).toBeGreaterThan(0.9);
  expect(findNeighbors(rows, 5, 1, {}, 100)).toEqual(byCells);
});

it('leaves places open where there are too few others, and stops when told to', () => {
  const few = drawBlobs({ count: 3, width: 4, centers: 1 });
  expect([...findNeighbors(few, 4, 1).indices].filter((index) => index === -1)).toHaveLength(6);
  const stop = () => {
    throw new Error('stopped');
  };
  expect(() => findNeighbors(rows, 5, 1, { checkpoint: stop })).toThrow('stopped');
});
