import { z } from 'zod';
import { intervalSchema } from './comparison';

/** A share, or a difference of two, of photos each of which was judged once. */
export const measuredShareSchema = z.object({ mean: z.number(), interval: intervalSchema });
export type MeasuredShare = z.infer<typeof measuredShareSchema>;

/**
 * How accurate heads become that learn from more and more of the photos, each judged on photos that it
 * never saw: cross-validated over the training and validation split, copies kept together.
 */
export const learningCurveSchema = z.object({
  at: z.iso.datetime(),
  /** Title of the backbone. */
  backbone: z.string(),
  engine: z.string(),
  /** Photos taken part, and those there are; fewer are enough of many thousands. */
  photos: z.int().positive(),
  of: z.int().positive(),
  folds: z.int().positive(),
  /** Each learns from twice as many photos as the one before. */
  steps: z
    .array(
      z.object({
        /** Learned from, on average over the folds. */
        photos: z.int().positive(),
        /** Over all folds. */
        accuracy: measuredShareSchema,
      }),
    )
    .min(2),
  /** Accuracy of the last step minus that of the one before, on the same photos. */
  lastDoubling: measuredShareSchema,
  /** Share right by label after the last two steps; fewest right first. */
  labels: z.array(
    z.object({
      label: z.string(),
      photos: z.int().nonnegative(),
      half: z.number().min(0).max(1),
      whole: z.number().min(0).max(1),
    }),
  ),
});
export type LearningCurve = z.infer<typeof learningCurveSchema>;

/** Less than this is not worth a day of taking photos. */
const worthwhile = 0.005;
/** Nobody can tell less from a few hundred photos. */
const hardly = 0.02;

/**
 * What the last doubling says about the next: 'helps' when it clearly brought something, 'faultless' when
 * there is nothing left to gain on these photos, 'saturated' when it brought two points at the very most,
 * 'unclear' when there are too few photos to tell.
 */
export function verdictOfCurve({
  steps,
  lastDoubling: { mean, interval },
}: Pick<LearningCurve, 'steps' | 'lastDoubling'>): 'helps' | 'faultless' | 'saturated' | 'unclear' {
  if (interval.low > 0 && mean >= worthwhile) return 'helps';
  if (steps.slice(-2).every(({ accuracy }) => accuracy.mean === 1)) return 'faultless';
  return interval.high < hardly ? 'saturated' : 'unclear';
}
