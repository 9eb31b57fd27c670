import { createRemainingTime } from '@main/services/jobs/remaining-time';
import { expect, test } from 'vitest';

test('goes by the rate so far', () => {
  const remaining = createRemainingTime();
  remaining.update(0, 100, 1000);
  remaining.update(25, 100, 6000);
  expect(remaining.estimate(6000)).toBe(15_000);
  expect(remaining.estimate(11_000)).toBe(30_000);
});

test('says nothing without a total, progress or enough time', () => {
  const remaining = createRemainingTime();
  expect(remaining.estimate(0)).toBeUndefined();
  remaining.update(5, undefined, 0);
  expect(remaining.estimate(9000)).toBeUndefined();
  remaining.update(5, 10, 10_000);
  expect(remaining.estimate(90_000)).toBeUndefined();
  remaining.update(6, 10, 90_000);
  expect(remaining.estimate(90_000)).toBe(320_000);
});

test('measures anew when the count starts over or the total changes', () => {
  const remaining = createRemainingTime();
  remaining.update(0, 10, 0);
  remaining.update(10, 10, 60_000);
  remaining.update(0, 10, 60_000);
  remaining.update(5, 10, 61_000);
  expect(remaining.estimate(61_000)).toBe(1000);
  remaining.update(5, 1000, 61_000);
  expect(remaining.estimate(62_000)).toBeUndefined();
});

test('never promises less than nothing', () => {
  const remaining = createRemainingTime();
  remaining.update(0, 10, 0);
  remaining.update(12, 10, 1000);
  expect(remaining.estimate(1000)).toBe(0);
});
