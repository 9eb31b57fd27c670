import { findSubspace, projectInto } from '@main/engine/curation/feature-subspace';
import { dot, rowAt, rowsOf } from '@main/engine/curation/rows';
import { expect, it } from 'vitest';
import { drawBlobs } from './blobs';

const sample = drawBlobs({ count: 200, width: 60, centers: 8, spread: 0.3 });

it('has orthonormal directions, no more than the rows can span', () => {
  const { directions } = findSubspace(sample, 16, 1);
  expect(directions.count).toBe(16);
  for (let row = 0; row < 16; row += 1) {
    for (let other = 0; other <= row; other += 1) {
      const expected = row === other ? 1 : 0;
      expect(dot(rowAt(directions, row), rowAt(directions, other))).toBeCloseTo(expected, 5);
    }
  }
  expect(findSubspace(rowsOf(sample.data.slice(0, 180), 60), 16, 1).directions.count).toBe(2);
});

it('keeps which rows are near: the nearest stay of the same blob', () => {
  const subspace = findSubspace(sample, 10, 1);
  const projected = Array.from({ length: sample.count }, (_, row) => {
    const target = new Float32Array(10);
    projectInto(subspace, rowAt(sample, row), target);
    expect(dot(target, target)).toBeCloseTo(1, 4);
    return target;
  });
  for (const [row, vector] of projected.entries()) {
    const others = projected.map((other, index) => ({ index, near: dot(vector, other) }));
    others.sort((a, b) => b.near - a.near);
    expect(others[1]?.index ?? -1).not.toBe(row);
    expect((others[1]?.index ?? 0) % 8).toBe(row % 8);
  }
});

it('is the same to the bit for the same seed', () => {
  expect(findSubspace(sample, 12, 7)).toEqual(findSubspace(sample, 12, 7));
});
