import { z } from 'zod';

/** What a quantization does besides rounding, by the name of its setting. */
export const correctionSchema = z.enum(['equalization', 'roundingSearch', 'biasCorrection']);
export type Correction = z.infer<typeof correctionSchema>;

/** How near the answers of a quantized form come to those of its float model. */
export const likenessSchema = z.object({
  /** Photos that are right. */
  correct: z.int().nonnegative(),
  /** Photos that get the float model's label. */
  agreeing: z.int().nonnegative(),
  /**
   * Decibels: power of the float model's logits over that of their differences, each photo's mean taken
   * out first, which no probability depends on. 140 where float32 itself rounds, or more.
   */
  signalToNoise: z.number(),
});
export type Likeness = z.infer<typeof likenessSchema>;

/**
 * What each correction gained, on photos of the validation split: the form with all of them beside the
 * same form with one of them off. Corrections overlap, so gains do not add up.
 */
export const quantizationGainsSchema = z.object({
  photos: z.int().positive(),
  floatCorrect: z.int().nonnegative(),
  all: likenessSchema,
  without: z.array(likenessSchema.extend({ correction: correctionSchema })),
});
export type QuantizationGains = z.infer<typeof quantizationGainsSchema>;

export interface CorrectionGain {
  correction: Correction;
  /** Photos more that are right, and that agree with the float model; negative: fewer. */
  correct: number;
  agreeing: number;
  /** Signal to noise, in decibels. */
  decibels: number;
  /** By signal to noise, which tells more than a few photos can; 'none' within a tenth of a decibel. */
  verdict: 'gain' | 'none' | 'loss';
}

const leastDecibels = 0.1;

export const gainsOf = ({ all, without }: QuantizationGains): CorrectionGain[] =>
  without.map(({ correction, ...off }) => {
    const decibels = all.signalToNoise - off.signalToNoise;
    const isNone = Math.abs(decibels) < leastDecibels;
    return {
      correction,
      correct: all.correct - off.correct,
      agreeing: all.agreeing - off.agreeing,
      decibels,
      verdict: isNone ? 'none' : decibels > 0 ? 'gain' : 'loss',
    };
  });
