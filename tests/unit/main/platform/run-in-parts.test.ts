import { cutIntoParts } from '@main/platform/run-in-parts';
import { expect, it } from 'vitest';

it('cuts into a part a worker, in order', () => {
  expect(cutIntoParts([1, 2, 3, 4, 5], 2)).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  expect(cutIntoParts([1, 2], 4)).toEqual([[1], [2]]);
  expect(cutIntoParts([], 4)).toEqual([]);
});

it('cuts into more parts where they would be too large', () => {
  expect(cutIntoParts([1, 2, 3, 4, 5], 1, 2)).toEqual([[1, 2], [3, 4], [5]]);
});
