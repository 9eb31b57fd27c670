import { describe, expect, test } from 'vitest';
import { compareAnswers } from '../../../../scripts/older-runtime/compare-answers';
import { findOlderRuntime } from '../../../../scripts/older-runtime/older-runtime';

describe('answers of two runtimes', () => {
  test('are compared by the largest difference and by the most probable label', () => {
    const own = [
      [0.5, 0.25, 0.25],
      [0.25, 0.5, 0.25],
    ];
    const other = [
      [0.5, 0.25, 0.25],
      [0.5, 0.25, 0.25],
    ];
    expect(compareAnswers(own, own)).toEqual({ largestDifference: 0, sameTop1: 2, of: 2 });
    expect(compareAnswers(own, other)).toEqual({ largestDifference: 0.25, sameTop1: 1, of: 2 });
  });

  test('that are not numbers are not hidden by later ones', () => {
    const own = [
      [Number.NaN, 0.5],
      [0.25, 0.75],
    ];
    const other = [
      [0.5, 0.5],
      [0.5, 0.5],
    ];
    expect(compareAnswers(own, other).largestDifference).toBeNaN();
  });

  test('to other pictures or of other labels are not compared', () => {
    expect(() => compareAnswers([[1]], [])).toThrow(RangeError);
    expect(() => compareAnswers([[1, 0]], [[1]])).toThrow(RangeError);
  });
});

test('a Python that is not there is told by name, with what to do', async () => {
  const found = await findOlderRuntime('no-such-python');
  expect(found).toContain('no-such-python');
  expect(found).toContain('POCKETLENS_PYTHON');
});
