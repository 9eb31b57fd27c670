import { checkQuantized } from '@main/engine/quantization/check-quantized';
import type { Classifier } from '@main/engine/runtime/classifier';
import { describe, expect, test } from 'vitest';
import { eachOf } from '../../../../fixtures/small-classifier';

/** Photos that stand for their numbers 0 to count - 1. */
const photos = (count: number) => eachOf(Array.from({ length: count }, (_, i) => Uint8Array.of(i)));

const answering =
  (answer: (photo: number) => number[]): Classifier =>
  async ([photo = 0]) =>
    Float32Array.from(answer(photo));

/** Sure of label `photo % 3`. */
const sure = answering((photo) => [0, 1, 2].map((label) => (label === photo % 3 ? 0.98 : 0.01)));

describe('a sound file', () => {
  test('is told by agreement and the largest difference', async () => {
    const parent = answering((photo) => (photo === 0 ? [0.51, 0.49] : [0.9, 0.1]));
    const quantized = answering((photo) => (photo === 0 ? [0.48, 0.52] : [0.89, 0.11]));
    const check = await checkQuantized(parent, quantized, photos(4));
    expect(check.photos).toBe(4);
    expect(check.agreement).toBe(0.75);
    expect(check.largestDifference).toBeCloseTo(0.03, 6);
  });

  test('may flip the answers of a parent that cannot decide', async () => {
    const parent = answering((photo) => (photo % 2 ? [0.5, 0.49, 0.01] : [0.49, 0.5, 0.01]));
    const quantized = answering((photo) => (photo % 3 ? [0.51, 0.48, 0.01] : [0.48, 0.51, 0.01]));
    const check = await checkQuantized(parent, quantized, photos(30));
    expect(check.agreement).toBeLessThan(0.75);
  });

  test('may give one label where the parent gives no other', async () => {
    const parent = answering(() => [0.9, 0.1]);
    expect((await checkQuantized(parent, parent, photos(3))).agreement).toBe(1);
  });
});

describe('a broken file is refused, with the cause named', () => {
  const broken = (cause: RegExp) => ({
    name: 'AppError',
    code: 'model-broken',
    message: expect.stringMatching(cause),
    remedy: expect.stringContaining('float16'),
  });

  test('one label for everything', async () => {
    const collapsed = answering(() => [0.2, 0.7, 0.1]);
    await expect(checkQuantized(sure, collapsed, photos(9))).rejects.toMatchObject(
      broken(/one label for all 9 photos, where the float model tells 3 apart/),
    );
  });

  test('no numbers', async () => {
    const broke = answering((photo) => (photo === 5 ? [Number.NaN, 0, 0] : [0.9, 0.1, 0]));
    await expect(checkQuantized(sure, broke, photos(9))).rejects.toMatchObject(
      broken(/no numbers/),
    );
  });

  test('other answers than those of a parent that is sure', async () => {
    const shifted = answering((photo) => [0, 1, 2].map((label) => +(label === (photo + 1) % 3)));
    await expect(checkQuantized(sure, shifted, photos(9))).rejects.toMatchObject(
      broken(/on only 0 of 9 photos/),
    );
  });
});

test('without photos there is no verdict', async () => {
  await expect(checkQuantized(sure, sure, photos(0))).rejects.toMatchObject({ code: 'not-ready' });
});

test('stops between photos when cancelled', async () => {
  const controller = new AbortController();
  const done: number[] = [];
  const check = checkQuantized(sure, sure, photos(9), {
    signal: controller.signal,
    onPhoto: (count) => {
      done.push(count);
      if (count === 2) controller.abort();
    },
  });
  await expect(check).rejects.toMatchObject({ code: 'cancelled' });
  expect(done).toEqual([1, 2]);
});
