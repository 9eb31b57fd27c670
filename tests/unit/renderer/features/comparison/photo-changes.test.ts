import { shareOfRow } from '@renderer/features/comparison/confusion';
import {
  flipsOfKind,
  largestShifts,
  photosInCell,
  photosMovedInCell,
  wrongFirst,
} from '@renderer/features/comparison/photo-changes';
import { accuracyScale, differenceScale } from '@renderer/features/comparison/accuracy-scale';
import { answerOf } from '@shared/domain/comparison-math';
import { confusionDifference } from '@shared/domain/confusion';
import { coverageAt } from '@shared/domain/coverage';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFakeComparison, fakeAnswer, fakeAnswers } from '../../fakes/fake-comparison';

const photoIds = (photos: readonly { photoId: number }[]) => photos.map(({ photoId }) => photoId);

describe('flips', () => {
  const flips = createFakeComparison().differences[0]?.flips ?? [];

  it('come with the costliest first, whatever order they arrive in', () => {
    expect(photoIds(flipsOfKind(flips.toReversed(), 'all'))).toEqual([4, 1, 2]);
  });

  it('can be narrowed to a kind', () => {
    expect(photoIds(flipsOfKind(flips, 'lost'))).toEqual([4, 1]);
    expect(photoIds(flipsOfKind(flips, 'gained'))).toEqual([2]);
    expect(photoIds(flipsOfKind(flips, 'both-wrong'))).toEqual([]);
  });
});

describe('largest shifts', () => {
  it('are ordered by how far the truth moved, either way', () => {
    const shifts = largestShifts(fakeAnswers, 1, 3);
    expect(photoIds(shifts)).toEqual([4, 2, 1]);
    expect(shifts.map(({ kind }) => kind)).toEqual(['lost', 'gained', 'lost']);
  });

  it('have no kind where the answer stayed', () => {
    const [shift] = largestShifts([fakeAnswer(3, 0, 0.9, 0.85)], 1, 1);
    expect(shift?.first).toEqual({ answer: 0, probability: 0.9 });
    expect(shift?.kind).toBeUndefined();
  });
});

describe('cells of the matrices', () => {
  const [first, second] = createFakeComparison().models;

  it('differ by what the second model put there more than the first', () => {
    expect(first?.confusion).toEqual([
      [2, 1],
      [0, 2],
    ]);
    expect(second?.confusion).toEqual([
      [2, 1],
      [1, 1],
    ]);
    expect(confusionDifference(first?.confusion ?? [], second?.confusion ?? [])).toEqual([
      [0, 0],
      [1, -1],
    ]);
  });

  it('name the photos that one model answered so', () => {
    expect(photoIds(photosInCell(fakeAnswers, { truth: 0, answer: 1 }, 0, 1))).toEqual([2]);
    expect(photoIds(photosInCell(fakeAnswers, { truth: 0, answer: 1 }, 1, 1))).toEqual([1]);
  });

  it('name the photos that came and went, even when their number is the same', () => {
    expect(photoIds(photosMovedInCell(fakeAnswers, { truth: 0, answer: 1 }, 1))).toEqual([1, 2]);
    expect(photosMovedInCell(fakeAnswers, { truth: 1, answer: 1 }, 1)).toHaveLength(1);
  });

  it('agree with the photos behind them for any answers', () => {
    const photo = fc.record({
      truth: fc.constantFrom(0, 1),
      first: fc.double({ min: 0, max: 1, noNaN: true }),
      second: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(photo, { minLength: 1, maxLength: 40 }), (photos) => {
        const answers = photos.map((each, index) =>
          fakeAnswer(index + 1, each.truth, each.first, each.second),
        );
        const [a, b] = createFakeComparison(answers).models;
        const difference = confusionDifference(a?.confusion ?? [], b?.confusion ?? []);
        for (const truth of [0, 1]) {
          for (const answer of [0, 1]) {
            const cell = { truth, answer };
            const joined = photosInCell(answers, cell, 1, 1).length;
            const left = photosInCell(answers, cell, 0, 1).length;
            expect(difference[truth]?.[answer]).toBe(joined - left);
            const moved = photosMovedInCell(answers, cell, 1);
            expect(moved.every(({ first, second }) => first.answer !== second.answer)).toBe(true);
          }
        }
      }),
    );
  });

  it('are colored by their share of the row; an empty row has none', () => {
    expect(shareOfRow([[3, 1]], 0, 1)).toBe(0.25);
    expect(shareOfRow([[0, 0]], 0, 1)).toBe(0);
  });
});

describe('coverage', () => {
  it('counts what is answered with at least the threshold', () => {
    expect(coverageAt(fakeAnswers, 0, 0)).toEqual({ answered: 5, correct: 4 });
    expect(coverageAt(fakeAnswers, 0, 0.75)).toEqual({ answered: 3, correct: 3 });
    expect(coverageAt(fakeAnswers, 1, 0.95)).toEqual({ answered: 1, correct: 0 });
  });

  it('never answers more photos at a higher threshold', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const atLow = coverageAt(fakeAnswers, 1, low).answered;
        const expected = fakeAnswers.filter((p) => answerOf(p, 1).probability >= high).length;
        expect(coverageAt(fakeAnswers, 1, high).answered).toBe(expected);
        expect(expected).toBeLessThanOrEqual(atLow);
      }),
    );
  });
});

describe('axes', () => {
  const interval = (low: number, high: number) => ({ low, high });

  it('hold every interval, in steps of five points', () => {
    expect(
      accuracyScale([{ top1Interval: interval(0.91, 1) }, { top1Interval: interval(0.873, 0.98) }]),
    ).toEqual({ low: expect.closeTo(0.85), high: 1 });
    expect(accuracyScale([{ top1Interval: interval(0.01, 0.2) }]).low).toBe(0);
  });

  it('of a difference have no difference in the middle', () => {
    expect(differenceScale({ interval: interval(-0.12, 0.03) })).toEqual({
      low: expect.closeTo(-0.15),
      high: expect.closeTo(0.15),
    });
    expect(differenceScale({ interval: interval(0, 0) })).toEqual({ low: -0.05, high: 0.05 });
  });
});

it('puts what both models have wrong before what one has, and the least sure first', () => {
  const bothWrong = fakeAnswer(6, 0, 0.4, 0.45);
  expect(photoIds(wrongFirst([...fakeAnswers, bothWrong], 1))).toEqual([6, 4, 2, 1, 5, 3]);
});
