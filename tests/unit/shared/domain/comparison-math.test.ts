import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelResult, PhotoAnswer } from '@shared/domain/comparison';
import {
  compareToFirst,
  findFlips,
  pairAnswers,
  scoreAnswers,
  topAnswer,
} from '@shared/domain/comparison-math';

const labels = ['banana', 'hat', 'mouse'];

/** Photo `photoId` of class `truth`, with a row of probabilities for each model. */
function photo(photoId: number, truth: number, ...probabilities: number[][]): PhotoAnswer {
  return { photoId, truth, probabilities };
}

// Worked by hand: the first model is right on 1, 2, 4; the second on 1, 3, 4.
const photos = [
  photo(1, 0, [0.9, 0.05, 0.05], [0.8, 0.1, 0.1]),
  photo(2, 0, [0.6, 0.3, 0.1], [0.3, 0.6, 0.1]),
  photo(3, 1, [0.5, 0.4, 0.1], [0.3, 0.7, 0]),
  photo(4, 1, [0, 1, 0], [0.1, 0.9, 0]),
  photo(5, 1, [0.7, 0.1, 0.2], [0.2, 0.1, 0.7]),
];

const name = (photoId: number) => `${photoId}.jpg`;

describe('topAnswer', () => {
  it('takes the first of equals', () => {
    expect(topAnswer([0.2, 0.4, 0.4])).toBe(1);
    expect(topAnswer([])).toBe(0);
  });
});

describe('scoreAnswers', () => {
  it('counts like a person with a pencil', () => {
    const score = scoreAnswers(labels, photos, 0);
    expect(score).toMatchObject({ correct: 3, total: 5, top1: 0.6 });
    expect(score.confusion).toEqual([
      [2, 0, 0],
      [2, 1, 0],
      [0, 0, 0],
    ]);
    expect(score.classes).toEqual([
      { label: 'banana', support: 2, precision: 0.5, recall: 1, f1: 2 / 3 },
      { label: 'hat', support: 3, precision: 1, recall: 1 / 3, f1: 0.5 },
      { label: 'mouse', support: 0 },
    ]);
    expect(score.top1Interval.low).toBeGreaterThan(0.2);
  });

  it('says F1 is 0 for a class that is never hit', () => {
    const { classes } = scoreAnswers(labels, [photo(1, 0, [0, 1, 0])], 0);
    expect(classes[0]).toEqual({ label: 'banana', support: 1, recall: 0, f1: 0 });
    expect(classes[1]).toEqual({ label: 'hat', support: 0, precision: 0, f1: 0 });
  });
});

describe('findFlips', () => {
  it('lists changed answers by what they cost', () => {
    const flips = findFlips(photos, 1, name);
    expect(flips.map(({ photoId, kind }) => [photoId, kind])).toEqual([
      [2, 'lost'],
      [5, 'both-wrong'],
      [3, 'gained'],
    ]);
    expect(flips[0]).toEqual({
      photoId: 2,
      fileName: '2.jpg',
      truth: 0,
      first: { answer: 0, probability: 0.6 },
      second: { answer: 1, probability: 0.6 },
      kind: 'lost',
      lostConfidence: 0.3,
    });
    expect(flips[2]?.lostConfidence).toBeCloseTo(-0.3, 12);
  });
});

describe('compareToFirst', () => {
  const result = (index: number, bytes: number, p50: number): ModelResult => ({
    ...scoreAnswers(labels, photos, index),
    modelId: `model-${index + 1}`,
    name: `Model ${index + 1}`,
    precision: index === 0 ? 'float32' : 'int8',
    io: 'uint8',
    bytes,
    latencyMs: { p50, p95: p50, runs: 1, warmupRuns: 0, threads: 1 },
    loadMs: 1,
    provenance: { kind: 'measured', on: '', by: '', at: '2026-01-01T00:00:00.000Z' },
  });

  it('puts the second against the first', () => {
    const models = [result(0, 400, 3), result(1, 100, 2)];
    const difference = compareToFirst(models, photos, 1, name);
    expect(difference).toMatchObject({
      firstId: 'model-1',
      secondId: 'model-2',
      top1: 0,
      lost: 1,
      gained: 1,
      pValue: 1,
      agreement: 0.4,
      sizeRatio: 4,
      speedRatio: 1.5,
    });
    expect(difference.interval.low).toBeCloseTo(-difference.interval.high, 12);
    expect(() => compareToFirst(models, photos, 2, name)).toThrow(RangeError);
  });
});

describe('counts', () => {
  const row = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
  const answers = fc.array(
    fc.record({
      photoId: fc.nat(),
      truth: fc.nat(2),
      probabilities: fc.tuple(row, row),
    }),
    { maxLength: 40 },
  );

  it('agree with one another, whatever the answers', () => {
    fc.assert(
      fc.property(answers, (list) => {
        const first = scoreAnswers(labels, list, 0);
        const second = scoreAnswers(labels, list, 1);
        const pairs = pairAnswers(list, 1);
        const flips = findFlips(list, 1, name);
        expect(pairs.bothRight + pairs.firstOnly).toBe(first.correct);
        expect(pairs.bothRight + pairs.secondOnly).toBe(second.correct);
        expect(flips.filter((flip) => flip.kind === 'lost')).toHaveLength(pairs.firstOnly);
        expect(flips.filter((flip) => flip.kind === 'gained')).toHaveLength(pairs.secondOnly);
        expect(first.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(list.length);
        const trace = first.confusion.reduce((sum, line, index) => sum + (line[index] ?? 0), 0);
        expect(trace).toBe(first.correct);
      }),
    );
  });
});
