import {
  type DisturbedScore,
  type Robustness,
  scoreDisturbed,
  widestGap,
} from '@shared/domain/robustness';
import { describe, expect, it } from 'vitest';

describe('scoreDisturbed', () => {
  it('counts what is right, and what is as the first model says', () => {
    const [first, second] = scoreDisturbed(
      [
        [0, 1, 1, 0],
        [0, 1, 0, 1],
      ],
      [0, 1, 1, 1],
    );
    expect(first).toMatchObject({ correct: 3, agreement: 1 });
    expect(second).toMatchObject({ correct: 3, agreement: 0.5 });
    expect(first?.interval.low).toBeCloseTo(0.3006, 3);
    expect(first?.interval.high).toBeCloseTo(0.9544, 3);
  });
});

describe('widestGap', () => {
  const scores = (...correct: number[]): DisturbedScore[] =>
    correct.map((count) => ({ correct: count, interval: { low: 0, high: 1 }, agreement: 1 }));
  const measured = (levels: DisturbedScore[][]): Pick<Robustness, 'effects'> => ({
    effects: [
      { disturbance: 'blur', levels: [{ strength: 1, models: scores(9, 9, 9) }] },
      {
        disturbance: 'noise',
        levels: levels.map((models, index) => ({ strength: 8 * (index + 1), models })),
      },
    ],
  });

  it('is where a model loses most against the first', () => {
    expect(widestGap(measured([scores(9, 8, 9), scores(8, 7, 4), scores(2, 1, 1)]))).toEqual({
      disturbance: 'noise',
      strength: 16,
      model: 2,
      lost: 4,
    });
  });

  it('is where one gains most, when none loses as much', () => {
    expect(widestGap(measured([scores(5, 8, 4)]))).toMatchObject({ model: 1, lost: -3 });
  });

  it('is nowhere, when all have equally many right', () => {
    expect(widestGap(measured([scores(5, 5, 5)]))).toBeUndefined();
  });
});
