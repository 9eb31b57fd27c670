import { gainsOf } from '@shared/domain/quantization-gains';
import { describe, expect, it } from 'vitest';

const all = { correct: 40, agreeing: 41, signalToNoise: 20 };

describe('gainsOf', () => {
  it('is what the form with all corrections has over the one without this', () => {
    const found = gainsOf({
      photos: 42,
      floatCorrect: 41,
      all,
      without: [
        { correction: 'biasCorrection', correct: 37, agreeing: 38, signalToNoise: 12.5 },
        { correction: 'equalization', correct: 40, agreeing: 41, signalToNoise: 19.95 },
        { correction: 'roundingSearch', correct: 41, agreeing: 40, signalToNoise: 21 },
      ],
    });
    expect(
      found.map(({ decibels, ...rest }) => ({ ...rest, decibels: Number(decibels.toFixed(2)) })),
    ).toEqual([
      { correction: 'biasCorrection', correct: 3, agreeing: 3, decibels: 7.5, verdict: 'gain' },
      { correction: 'equalization', correct: 0, agreeing: 0, decibels: 0.05, verdict: 'none' },
      { correction: 'roundingSearch', correct: -1, agreeing: 1, decibels: -1, verdict: 'loss' },
    ]);
  });
});
