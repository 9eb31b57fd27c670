import { z } from 'zod';
import { measuredShareSchema } from './learning-curve';

/** What a backbone costs, and how well its features tell this project's photos apart. */
const backboneTrialSchema = z.object({
  /** As `Backbone.name`. */
  name: z.string(),
  title: z.string(),
  bytes: z.int().positive(),
  /** Of one picture. */
  multiplyAdds: z.number().nonnegative(),
  /** Of one picture on this computer, preprocessing not included, after warm-up. */
  latencyMs: z.object({ p50: z.number(), p95: z.number(), runs: z.int().positive() }),
  /** Of heads on its features, cross-validated. */
  accuracy: measuredShareSchema,
  /** Its accuracy minus that of the chosen backbone, on the same photos; 0 for that one. */
  gain: measuredShareSchema,
});
export type BackboneTrial = z.infer<typeof backboneTrialSchema>;

/** Backbones held side by side on the photos of the training and validation split. */
export const backboneTrialsSchema = z.object({
  at: z.iso.datetime(),
  /** What trained the heads. */
  engine: z.string(),
  /** What ran the backbones. */
  runtime: z.string(),
  threads: z.int().positive(),
  photos: z.int().positive(),
  of: z.int().positive(),
  folds: z.int().positive(),
  /** Name of the one that the others are held against. */
  chosen: z.string(),
  /** Smallest first. */
  trials: z.array(backboneTrialSchema).min(1),
});
export type BackboneTrials = z.infer<typeof backboneTrialsSchema>;

/**
 * The backbone that is clearly better than the chosen one, the most accurate of several; undefined: there
 * is none, so that the chosen one may stay.
 */
export function clearlyBetter({
  trials,
}: Pick<BackboneTrials, 'trials'>): BackboneTrial | undefined {
  return trials
    .filter(({ gain }) => gain.interval.low > 0)
    .sort((one, other) => other.gain.mean - one.gain.mean)[0];
}
