import { likenessOf } from '@main/engine/quantization/measure-likeness';
import { describe, expect, it } from 'vitest';

const answer = (label: number, ...logits: number[]) => ({
  label,
  logits: Float64Array.from(logits),
});

describe('likenessOf', () => {
  it('counts photos, and holds differences of logits against the logits', () => {
    const float = [answer(1, -1, 1), answer(0, 3, -3)];
    const found = [answer(1, -1, 1), answer(1, 2, -2)];
    // Signal 1 + 1 + 9 + 9, noise 1 + 1.
    expect(likenessOf(float, found, [1, 1])).toEqual({
      correct: 2,
      agreeing: 1,
      signalToNoise: 10,
    });
  });

  it('does not mind what is added to all logits of a photo', () => {
    const float = [answer(0, 1, -1)];
    const found = [answer(0, 6, 4)];
    expect(likenessOf(float, found, [1])).toEqual({
      correct: 0,
      agreeing: 1,
      signalToNoise: 140,
    });
  });

  it('values that are no numbers are all noise', () => {
    const { signalToNoise } = likenessOf([answer(0, 1, -1)], [answer(0, Number.NaN, 1)], [0]);
    expect(signalToNoise).toBe(-140);
  });
});
