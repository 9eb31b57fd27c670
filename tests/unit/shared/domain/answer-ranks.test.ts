import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topKAccuracies } from '@shared/domain/answer-ranks';
import type { PhotoAnswer } from '@shared/domain/comparison';
import { scoreAnswers } from '@shared/domain/comparison-math';

const row = fc.array(
  fc.integer({ min: 0, max: 4 }).map((part) => part / 4),
  {
    minLength: 5,
    maxLength: 5,
  },
);
const photos = fc.array(
  fc
    .record({ photoId: fc.integer({ min: 1 }), truth: fc.integer({ min: 0, max: 4 }), row })
    .map(({ photoId, truth, row: own }): PhotoAnswer => ({ photoId, truth, probabilities: [own] })),
);

describe('topKAccuracies', () => {
  it('counts like a person with a pencil', () => {
    const probabilities = [[0.5, 0.3, 0.15, 0.05]];
    const answers = [0, 1, 2, 3].map((truth) => ({ photoId: truth + 1, truth, probabilities }));
    expect(topKAccuracies(4, answers, 0).map(({ k, correct }) => [k, correct])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it('never guesses as often as there are classes', () => {
    expect(topKAccuracies(2, [], 0)).toEqual([
      { k: 1, correct: 0, total: 0, share: 0, interval: { low: 0, high: 1 } },
    ]);
    expect(topKAccuracies(3, [], 0)).toHaveLength(2);
  });

  it('starts at the accuracy, ties included, and never falls', () => {
    const labels = ['a', 'b', 'c', 'd', 'e'];
    fc.assert(
      fc.property(photos, (answers) => {
        const [one, two, three] = topKAccuracies(5, answers, 0).map(({ correct }) => correct);
        expect(one).toBe(scoreAnswers(labels, answers, 0).correct);
        expect(two).toBeGreaterThanOrEqual(one ?? Number.NaN);
        expect(three).toBeGreaterThanOrEqual(two ?? Number.NaN);
      }),
    );
  });
});
