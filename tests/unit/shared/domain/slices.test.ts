import type { PhotoAnswer } from '@shared/domain/comparison';
import { photosOfSlice, type SlicedPhoto, sliceAnswers } from '@shared/domain/slices';
import { wilsonInterval } from '@shared/domain/statistics';
import { expect, it } from 'vitest';

/** Of a photo of the first label, which the first model gets right unless `wrong`; the second always does. */
const answer = (photoId: number, wrong = false): PhotoAnswer => ({
  photoId,
  truth: 0,
  probabilities: [wrong ? [0.2, 0.8] : [0.8, 0.2], [0.9, 0.1]],
});

const photo = (change: Partial<SlicedPhoto> = {}): SlicedPhoto => ({
  import: '2026-01-01T00:00:00.000Z',
  day: '2026-01-01',
  camera: 'A',
  brightness: 100,
  sharpness: 50,
  ...change,
});

it('parts photos by what they differ in, the worst part first, with intervals', () => {
  const answers = [answer(1), answer(2), answer(3), answer(4, true)];
  const photos = new Map([1, 2, 3, 4].map((id) => [id, photo({ camera: id > 2 ? 'B' : 'A' })]));
  expect(sliceAnswers(answers, photos)).toEqual([
    {
      dimension: 'camera',
      more: 0,
      slices: [
        {
          value: 'B',
          photos: 2,
          models: [
            { correct: 1, top1: 0.5, interval: wilsonInterval(1, 2) },
            { correct: 2, top1: 1, interval: wilsonInterval(2, 2) },
          ],
        },
        {
          value: 'A',
          photos: 2,
          models: [
            { correct: 2, top1: 1, interval: wilsonInterval(2, 2) },
            { correct: 2, top1: 1, interval: wilsonInterval(2, 2) },
          ],
        },
      ],
    },
  ]);
});

it('makes thirds of brightness and sharpness, equal values in one', () => {
  const ids = Array.from({ length: 9 }, (_, i) => i + 1);
  const photos = new Map(
    ids.map((id) => [id, photo({ brightness: id * 10, sharpness: id < 7 ? 1 : 2 })]),
  );
  const found = sliceAnswers(
    ids.map((id) => answer(id, id === 1)),
    photos,
  );
  const sizes = found.map(({ dimension, slices }) => [
    dimension,
    slices.map(({ value, photos: count }) => `${value} ${count}`),
  ]);
  expect(sizes).toEqual([
    ['brightness', ['low 3', 'middle 3', 'high 3']],
    ['sharpness', ['middle 6', 'high 3']],
  ]);
});

it('leaves out photos that are gone, and says how many parts are not shown', () => {
  const ids = Array.from({ length: 20 }, (_, i) => i + 1);
  const photos = new Map(
    ids.slice(0, 15).map((id) => [id, photo({ day: `2026-01-${String(id).padStart(2, '0')}` })]),
  );
  const [days] = sliceAnswers(
    ids.map((id) => answer(id)),
    photos,
  );
  expect(days).toMatchObject({ dimension: 'day', more: 3 });
  expect(days?.slices).toHaveLength(12);
  expect(sliceAnswers([answer(1)], new Map())).toEqual([]);
});

it('names the photos of every part that it tells of, thirds and unknown days among them', () => {
  const answers = Array.from({ length: 9 }, (_, index) => answer(index + 1));
  const photos = new Map(
    answers.map(({ photoId }) => [
      photoId,
      photo({ brightness: 10 * photoId, day: photoId > 7 ? '' : '2026-01-01' }),
    ]),
  );
  for (const { dimension, slices } of sliceAnswers(answers, photos)) {
    for (const { value, photos: count } of slices) {
      expect(photosOfSlice(answers, photos, { dimension, value })).toHaveLength(count);
    }
  }
  const of = (dimension: 'brightness' | 'day', value: string) =>
    photosOfSlice(answers, photos, { dimension, value });
  expect(of('brightness', 'low')).toEqual([1, 2, 3]);
  expect(of('brightness', 'high')).toEqual([7, 8, 9]);
  expect(of('day', '')).toEqual([8, 9]);
  expect(of('day', '1999-01-01')).toEqual([]);
});
