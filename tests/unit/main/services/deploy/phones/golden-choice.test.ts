import { nameMistakes } from '@main/services/deploy/phones/check-answers';
import { mostTelling } from '@main/services/deploy/phones/choose-golden';
import { describe, expect, it } from 'vitest';

const rows = (...values: number[]) => Float32Array.from(values.flatMap((p) => [p, 1 - p]));
const usable = () => true;

describe('golden photos', () => {
  const right = rows(...Array.from({ length: 9 }, () => 0.99));
  const changed = (row: number, to: number) => {
    const values = Array.from({ length: 9 }, () => 0.99);
    values[row] = to;
    return rows(...values);
  };

  it('are those that show each mistake, the hardest to see first', () => {
    const mistakes = [
      { mistake: 'bgr' as const, probabilities: changed(7, 0.2) },
      { mistake: 'stretched' as const, probabilities: changed(8, 0.93) },
    ];
    const { rows: chosen, bound } = mostTelling(right, mistakes, { photos: 9, usable });
    expect(chosen).toEqual([8, 7, 0, 1, 2, 3]);
    expect(bound).toBeCloseTo(0.03);
  });

  it('that can’t be read are left out', () => {
    const mistakes = [{ mistake: 'bgr' as const, probabilities: changed(7, 0.2) }];
    const { rows: chosen } = mostTelling(right, mistakes, {
      photos: 9,
      usable: (row) => row !== 7,
    });
    expect(chosen).not.toContain(7);
    expect(chosen).toHaveLength(6);
  });

  it('have a bound of at most 0.05, also when no mistake shows', () => {
    const none = [{ mistake: 'mirrored' as const, probabilities: right }];
    expect(mostTelling(right, none, { photos: 9, usable }).bound).toBe(0.05);
  });
});

describe('a mistake', () => {
  const right = rows(0.9, 0.8);
  const mistakes = [
    { mistake: 'bgr' as const, probabilities: rows(0.1, 0.3) },
    { mistake: 'mirrored' as const, probabilities: rows(0.5, 0.9) },
  ];

  it('is named when it gives just the phone’s answers', () => {
    const answers = [
      [0.1, 0.9],
      [0.31, 0.69],
    ];
    expect(nameMistakes(answers, right, mistakes)).toEqual(['bgr']);
  });

  it('is not named when none of them explains the answers', () => {
    const answers = [
      [0.7, 0.3],
      [0.4, 0.6],
    ];
    expect(nameMistakes(answers, right, mistakes)).toEqual([]);
  });

  it('is named with those that can’t be told from it', () => {
    const twins = [...mistakes, { mistake: 'imagenet' as const, probabilities: rows(0.1, 0.301) }];
    const answers = [
      [0.1, 0.9],
      [0.3, 0.7],
    ];
    expect(nameMistakes(answers, right, twins)).toEqual(['bgr', 'imagenet']);
  });
});
