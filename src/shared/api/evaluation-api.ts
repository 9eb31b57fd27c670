import { z } from 'zod';
import { comparisonIdSchema, comparisonSummarySchema, mostCompared } from '../domain/comparison';
import { jobIdSchema } from '../domain/job';
import { modelIdSchema } from '../domain/model';
import { noteSchema } from '../domain/note';
import { packedComparisonSchema } from '../domain/packed-comparison';
import { photoIdSchema } from '../domain/photo';
import { robustnessSchema } from '../domain/robustness';
import { sliceDimensionSchema, slicesSchema } from '../domain/slices';
import { splitSchema } from '../domain/split';
import { tradeOffSchema } from '../domain/trade-off';
import { method } from './define';

const nothing = z.object({});

/** What one model looks at. */
const explainedSchema = z.object({
  /** The square out of the middle of a photo that the maps lie on, as a share of its short side. */
  cropFraction: z.number().positive().max(1),
  /** Why there are no maps, as part of a sentence. */
  reason: z.string().optional(),
  maps: z.array(
    z
      .object({
        width: z.int().positive(),
        height: z.int().positive(),
        /** Row-major, float32 as base64: larger speaks more for the class. */
        values: z.string(),
      })
      .optional(),
  ),
});

export const evaluationApi = {
  /** The first model is what the others are held against. */
  'evaluation.compare': method(
    z.object({
      modelIds: z
        .array(modelIdSchema)
        .min(2, 'A comparison takes two models or more.')
        .max(mostCompared, `A comparison takes at most ${mostCompared} models.`),
      split: splitSchema.default('test'),
    }),
    z.object({ jobId: jobIdSchema }),
  ),
  /** Newest first. */
  'evaluation.comparisons': method(
    nothing,
    z.object({ comparisons: z.array(comparisonSummarySchema) }),
  ),
  /**
   * Where models look: class activation maps of photos, for the class that each of them is asked about.
   * In the order of `modelIds` and of `photos`.
   */
  'evaluation.explain': method(
    z.object({
      modelIds: z.array(modelIdSchema).min(1).max(mostCompared),
      photos: z
        .array(
          z.object({
            photoId: photoIdSchema,
            /** For each model the number of a label. */
            labels: z.array(z.int().nonnegative()).min(1),
          }),
        )
        .min(1)
        .max(60),
    }),
    z.object({ models: z.array(explainedSchema) }),
  ),
  /** Accuracy on parts of the compared photos; photos that were removed since are left out. */
  'evaluation.slices': method(
    z.object({ comparisonId: comparisonIdSchema }),
    z.object({ slices: z.array(slicesSchema) }),
  ),
  /** The photos of one such part, in the order of the comparison's answers. */
  'evaluation.slicePhotos': method(
    z.object({
      comparisonId: comparisonIdSchema,
      dimension: sliceDimensionSchema,
      /** As `Slice.value`. */
      value: z.string(),
    }),
    z.object({ photoIds: z.array(photoIdSchema) }),
  ),
  /** Answers the compared photos again, as they get darker, blurred, noisy and so on. */
  'evaluation.disturb': method(
    z.object({ comparisonId: comparisonIdSchema }),
    z.object({ jobId: jobIdSchema }),
  ),
  /** What the last such run of this comparison found; absent: there was none. */
  'evaluation.robustness': method(
    z.object({ comparisonId: comparisonIdSchema }),
    z.object({ robustness: robustnessSchema.optional() }),
  ),
  'evaluation.setNote': method(
    z.object({ comparisonId: comparisonIdSchema, note: noteSchema }),
    nothing,
  ),
  /** Size, latency and accuracy of all models that can be held side by side; absent: none was compared. */
  'evaluation.tradeOff': method(nothing, z.object({ tradeOff: tradeOffSchema.optional() })),
  'evaluation.comparison': method(
    z.object({ comparisonId: comparisonIdSchema }),
    packedComparisonSchema,
  ),
};

export const evaluationEvents = {
  'evaluation.changed': nothing,
};
