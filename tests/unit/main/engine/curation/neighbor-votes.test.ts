import { chooseAnswer } from '@main/engine/curation/choose-answer';
import { chooseVoters } from '@main/engine/curation/choose-voters';
import { neighborVotes, type Voters } from '@main/engine/curation/neighbor-votes';
import { rowsOf } from '@main/engine/curation/rows';
import { expect, it } from 'vitest';
import { drawBlobs } from './blobs';

const blobs = drawBlobs({ count: 700, width: 24, centers: 7, spread: 0.8 });

/** Voters of the given rows, by their blob. */
function votersOf(rows: readonly number[]): Voters {
  return {
    rows: Int32Array.from(rows),
    classes: Int32Array.from(rows, (row) => blobs.blobs[row] ?? -1),
    count: 7,
  };
}

const bestOf = (shares: Float32Array, row: number): number => {
  const own = shares.subarray(row * 7, row * 7 + 7);
  return own.indexOf(Math.max(...own));
};

it('of rows around seven directions at least 95 of 100 are told by five labeled ones each', () => {
  const voters = votersOf(Array.from({ length: 35 }, (_, row) => row));
  const shares = neighborVotes(blobs, voters, { start: 0, end: 700, k: 10 });
  const right = Array.from(blobs.blobs, (blob, row) => bestOf(shares, row) === blob);
  expect(right.filter(Boolean).length / 700).toBeGreaterThanOrEqual(0.95);
  for (let row = 0; row < 700; row += 1) {
    const sum = shares.subarray(row * 7, row * 7 + 7).reduce((total, share) => total + share, 0);
    expect(sum).toBeCloseTo(1, 5);
  }
});

it('a voter has no vote on itself', () => {
  // Row 1 is labeled as a blob that it is not of: alone it would say so of itself.
  const rows = [0, 1, 7, 14, 21, 8, 15];
  const voters = { ...votersOf(rows), classes: Int32Array.of(0, 0, 0, 0, 0, 1, 1) };
  const shares = neighborVotes(blobs, voters, { start: 1, end: 2, k: 3 });
  expect(bestOf(shares, 0)).toBe(1);
});

it('nearer voters count more, and only the k nearest do', () => {
  const rows = rowsOf(Float32Array.of(1, 0, 0.9, Math.sqrt(0.19), 0, 1, -1, 0), 2);
  const voters = { rows: Int32Array.of(1, 2, 3), classes: Int32Array.of(0, 1, 1), count: 2 };
  const [near = 0, far = 0] = neighborVotes(rows, voters, { start: 0, end: 1, k: 2 });
  expect(near / far).toBeCloseTo(Math.exp(0.9 / 0.15), -1);
  const nearest = neighborVotes(rows, voters, { start: 0, end: 1, k: 1 });
  expect([...nearest]).toEqual([1, 0]);
});

it('chooses the same voters for the same seed, about as many of each class', () => {
  const classes = Int32Array.from({ length: 9000 }, (_, row) => {
    if (row % 3 === 0) return -1;
    return row % 100 === 1 ? 1 : 0;
  });
  const chosen = chooseVoters(classes, 1);
  const ofClass = (number: number) => [...chosen].filter((row) => classes[row] === number).length;
  const all = [...classes].filter((number) => number === 1).length;
  expect([ofClass(0), ofClass(1), ofClass(-1)]).toEqual([200, all, 0]);
  expect(chooseVoters(classes, 1)).toEqual(chosen);
  expect(chooseVoters(classes, 2)).not.toEqual(chosen);
  const many = Int32Array.from({ length: 9000 }, (_, row) => row % 100);
  expect(chooseVoters(many, 1)).toHaveLength(2000);
});

it('the answer is the most probable label that is there, its lead taken over all', () => {
  const certain = chooseAnswer(Float32Array.of(0.1, 0.8, 0.1), [4, 5, 6]);
  expect(certain?.labelId).toBe(5);
  expect(certain?.probability).toBeCloseTo(0.8, 6);
  expect(certain?.uncertainty).toBeCloseTo(0.3, 6);
  // Label 5 is gone.
  const second = chooseAnswer(Float32Array.of(0.15, 0.8, 0.05), [4, 0, 6]);
  expect(second).toMatchObject({ labelId: 4, uncertainty: 1 });
  expect(chooseAnswer(Float32Array.of(0.5, 0.5), [0, 0])).toBeUndefined();
});
