import { describe, expect, it } from 'vitest';
import { calibratedLoss, measureLogits } from '@main/engine/training/measure-logits';

describe('measureLogits', () => {
  it('is the mean of -log softmax at the label', () => {
    // softmax(0, ln 3) = 1/4, 3/4.
    const logits = Float32Array.of(0, Math.log(3), 0, Math.log(3));
    const { loss, accuracy } = measureLogits(logits, Int32Array.of(0, 1), 2);
    expect(loss).toBeCloseTo((Math.log(4) + Math.log(4 / 3)) / 2, 6);
    expect(accuracy).toBe(0.5);
  });

  it('stays finite for logits beyond the range of exp', () => {
    const { loss } = measureLogits(Float32Array.of(1000, -1000), Int32Array.of(1), 2);
    expect(loss).toBeCloseTo(2000, 3);
  });

  it('shows a broken logit', () => {
    const { loss } = measureLogits(Float32Array.of(1, Number.NaN), Int32Array.of(0), 2);
    expect(loss).toBeNaN();
  });

  it('counts the first of equal logits as the answer', () => {
    const logits = Float32Array.of(1, 1, 1, 1);
    expect(measureLogits(logits, Int32Array.of(0, 1), 2).accuracy).toBe(0.5);
  });
});

it('the calibrated loss does not tell sure answers from unsure ones, but right from wrong', () => {
  const logits = Float32Array.of(2, 0, 0, 1, 0.5, 0, 1, 2);
  const labels = Int32Array.of(0, 1, 1, 1);
  const loss = calibratedLoss(logits, labels, 2);
  for (const factor of [0.5, 2]) {
    expect(
      calibratedLoss(
        logits.map((logit) => logit * factor),
        labels,
        2,
      ),
    ).toBeCloseTo(loss, 5);
  }
  expect(loss).toBeLessThanOrEqual(measureLogits(logits, labels, 2).loss);
  const better = Float32Array.of(2, 0, 0, 1, 0, 0.5, 1, 2);
  expect(calibratedLoss(better, labels, 2)).toBeLessThan(loss);
});
