import { findNeighbors } from '@main/engine/curation/nearest-neighbors';
import { findOutliers, robustSpread } from '@main/engine/curation/outliers';
import { expect, it } from 'vitest';
import { drawBlobs } from './blobs';

it('finds rows that are far from all others', () => {
  const rows = drawBlobs({ count: 200, width: 16, centers: 4, spread: 0.4 });
  const strangers = drawBlobs({ count: 2, width: 16, centers: 2, spread: 0 }, 99);
  rows.data.set(strangers.data, 50 * 16);
  const { rows: found, scores } = findOutliers(findNeighbors(rows, 10, 1));
  expect(found.slice(0, 2).sort()).toEqual([50, 51]);
  expect(scores[50]).toBeGreaterThan(0.5);
  expect(Math.max(...scores)).toBeLessThanOrEqual(1);
});

it('measures spread without being misled by a few', () => {
  expect(robustSpread([1, 2, 3, 4, 1000])).toEqual({ median: 3, deviation: 1.4826 });
  expect(robustSpread([])).toEqual({ median: 0, deviation: 0 });
});
