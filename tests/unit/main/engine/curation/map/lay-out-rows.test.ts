import { frame, layOutRows } from '@main/engine/curation/map/lay-out-rows';
import type { Rows } from '@main/engine/curation/rows';
import { createRandom } from '@shared/domain/random';
import { describe, expect, it } from 'vitest';
import { drawBlobs } from '../blobs';
import { trustworthiness } from './trustworthiness';

function layOut(rows: Rows, seed = 1): Float32Array {
  const layout = layOutRows(rows, seed);
  for (let epoch = 0; epoch < layout.epochs; epoch += 1) layout.run(epoch);
  return layout.positions;
}

const distance = (positions: Float32Array, a: number, b: number) =>
  Math.hypot(positions[a * 2]! - positions[b * 2]!, positions[a * 2 + 1]! - positions[b * 2 + 1]!);

describe('layOutRows', () => {
  it.each([2, 5])('keeps %i clusters apart: every nearest point is of its own', (centers) => {
    const rows = drawBlobs({ count: 200, width: 24, centers, spread: 0.5 });
    const positions = layOut(rows);
    for (let row = 0; row < rows.count; row += 1) {
      const others = Array.from({ length: rows.count }, (_, other) => other)
        .filter((other) => other !== row)
        .sort((a, b) => distance(positions, row, a) - distance(positions, row, b));
      expect(others.slice(0, 8).every((other) => rows.blobs[other] === rows.blobs[row])).toBe(true);
    }
  });

  it('keeps neighbors: what lies together belongs together', () => {
    const rows = drawBlobs({ count: 240, width: 8, centers: 3, spread: 0.9 });
    const positions = layOut(rows);
    const order = createRandom(1).shuffled([...new Array<undefined>(rows.count).keys()]);
    const shuffled = positions.map((_, i) => positions[order[i >> 1]! * 2 + (i % 2)]!);
    expect(trustworthiness(rows, positions, 10)).toBeGreaterThan(0.9);
    // The measure tells a layout from points dealt out anyhow.
    expect(trustworthiness(rows, shuffled, 10)).toBeLessThan(0.75);
  });

  it('gives the same bytes for a seed, and others for another', () => {
    const rows = drawBlobs({ count: 120, width: 12, centers: 3 });
    expect(layOut(rows, 7)).toEqual(layOut(rows, 7));
    expect(layOut(rows, 8)).not.toEqual(layOut(rows, 7));
  });

  it.each([0, 1, 2, 4])('puts %i rows on a circle', (count) => {
    const positions = layOut(drawBlobs({ count, width: 4, centers: 1 }));
    expect(positions).toHaveLength(count * 2);
    for (let row = 0; row < count; row += 1) {
      expect(Math.hypot(positions[row * 2]!, positions[row * 2 + 1]!)).toBeCloseTo(1, 5);
    }
  });

  it.each([
    ['equal rows', 30, 0, 1],
    ['pairs of equal rows', 40, 0, 20],
    ['barely enough rows', 5, 0.5, 1],
  ])('stays finite and in its frame for %s', (_, count, spread, centers) => {
    const positions = layOut(drawBlobs({ count, width: 6, centers, spread }));
    frame(positions);
    expect(positions.every((value) => Math.abs(value) <= 1.000_001)).toBe(true);
    expect(Math.max(...positions.map(Math.abs))).toBeCloseTo(1, 5);
  });

  it('stops when told to', () => {
    const rows = drawBlobs({ count: 20, width: 4, centers: 1 });
    const stop = () => {
      throw new Error('stopped');
    };
    expect(() => layOutRows(rows, 1, { checkpoint: stop })).toThrow('stopped');
  });
});

describe('frame', () => {
  it('moves the middle to 0 and keeps the shape', () => {
    const positions = Float32Array.of(10, 10, 14, 12, 12, 11);
    frame(positions);
    expect([...positions]).toEqual([-1, -0.5, 1, 0.5, 0, 0]);
  });

  it('puts a lone point, or several on one spot, in the middle', () => {
    const positions = Float32Array.of(3, 4, 3, 4);
    frame(positions);
    expect([...positions]).toEqual([0, 0, 0, 0]);
  });
});
