import { clusterRows } from '@main/engine/curation/cluster-rows';
import { expect, it } from 'vitest';
import { drawBlobs } from './blobs';

it('finds separate blobs, larger ones first, the same for the same seed', () => {
  const rows = drawBlobs({ count: 300, width: 16, centers: 5, spread: 0.2 });
  const { assignment, centers } = clusterRows(rows, 8, 3);
  expect(centers.count).toBe(8);
  const pairs = new Set([...assignment].map((cluster, row) => `${rows.blobs[row]}:${cluster}`));
  // No cluster mixes two blobs.
  expect(pairs.size).toBe(8);
  const sizes = Array.from({ length: 8 }, (_, c) => assignment.filter((own) => own === c).length);
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  expect(clusterRows(rows, 8, 3)).toEqual({ assignment, centers });
});

it('makes no more clusters than there are different rows', () => {
  const same = { count: 4, width: 2, data: Float32Array.of(1, 0, 1, 0, 1, 0, 1, 0) };
  expect(clusterRows(same, 3, 1).centers.count).toBe(1);
  expect(
    clusterRows({ count: 0, width: 2, data: new Float32Array() }, 3, 1).assignment,
  ).toHaveLength(0);
});
