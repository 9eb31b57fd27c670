import { nameMistakes } from '@main/services/deploy/phones/check-answers';
import { chooseGolden, mostTelling } from '@main/services/deploy/phones/choose-golden';
import type { GoldenPhoto } from '@main/services/deploy/phones/golden-photos';
import { describe, expect, it } from 'vitest';
import { createFakeModel } from '../../../../../fakes/fake-model';
import { createFakeProject } from '../../../../../fakes/fake-project';

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

describe('photos that are prepared wrongly to find golden ones', () => {
  const photos = Array.from({ length: 20 }, (_, index): GoldenPhoto => {
    const photoId = index + 1;
    const name = `${photoId}.png`;
    return { photoId, sha256: 'a'.repeat(64), bytes: 1, path: name, file: `golden/${name}` };
  });

  /** Least sure of the photo with the highest number; that one can't be read. */
  function choose(candidates: readonly GoldenPhoto[]) {
    const prepared: number[][] = [];
    const { context } = createFakeProject({
      'answer-photos': async ({ photos: asked }) => ({
        probabilities: rows(
          ...asked.map(({ photoId }) => (photoId === 20 ? 0 : 1 - photoId / 100)),
        ),
        failures: asked.flatMap(({ photoId }) =>
          photoId === 20 ? [{ photoId, reason: 'It is gone.' }] : [],
        ),
        runtime: 'Fake runtime 1.0',
        width: 2,
      }),
      'check-preprocessing': async ({ photos: asked }) => {
        prepared.push(asked.map(({ photoId }) => photoId));
        const right = rows(...asked.map(() => 0.9));
        return { right, mistakes: [], harmless: [], failures: [], runtime: 'Fake runtime 1.0' };
      },
    });
    const model = createFakeModel();
    const { signal } = new AbortController();
    const chosen = chooseGolden(context, { model, path: 'model.tflite' }, candidates, signal);
    return { chosen, prepared };
  }

  it('are those that the model is least sure of, and that can be read', async () => {
    const { chosen, prepared } = choose(photos);
    expect((await chosen).photos.map(({ photoId }) => photoId)).toEqual([19, 18, 17, 16, 15, 14]);
    expect(prepared).toEqual([[19, 18, 17, 16, 15, 14, 13, 12]]);
  });

  it('are all where there are few', async () => {
    const { chosen, prepared } = choose(photos.slice(0, 7));
    await chosen;
    expect(prepared).toEqual([[1, 2, 3, 4, 5, 6, 7]]);
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
