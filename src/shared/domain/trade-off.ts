import { z } from 'zod';
import { comparisonIdSchema, intervalSchema } from './comparison';
import { modelIdSchema, precisionSchema } from './model';
import { splitSchema } from './split';

export const measuredModelSchema = z.object({
  modelId: modelIdSchema,
  name: z.string(),
  precision: precisionSchema,
  bytes: z.int().positive(),
  /** Of `photos`, with its 95 % interval (Wilson). */
  top1: z.number().min(0).max(1),
  top1Interval: intervalSchema,
  /** Milliseconds of one inference, median. */
  p50: z.number().nonnegative(),
  /** The comparison that measured it. */
  comparisonId: comparisonIdSchema,
});
export type MeasuredModel = z.infer<typeof measuredModelSchema>;

/** Models of a project that were measured on the same photos by the same runtime. */
export const tradeOffSchema = z.object({
  split: splitSchema,
  photos: z.int().nonnegative(),
  runtime: z.string(),
  /** The photos are drawings of the sample generator. */
  generated: z.boolean(),
  models: z.array(measuredModelSchema),
  /** The others, whose figures would not belong beside these. */
  leftOut: z.array(
    z.object({
      modelId: modelIdSchema,
      name: z.string(),
      why: z.enum(['never-compared', 'other-photos', 'other-runtime']),
    }),
  ),
});
export type TradeOff = z.infer<typeof tradeOffSchema>;

export type Cost = 'bytes' | 'p50';

/**
 * Models that no other one beats: none costs as little or less and is right as often or more, with one of
 * the two better (Pareto's frontier).
 */
export function undominated(
  models: readonly Pick<MeasuredModel, 'modelId' | 'top1' | Cost>[],
  cost: Cost,
): Set<string> {
  const beats = (one: (typeof models)[number], other: (typeof models)[number]) =>
    one[cost] <= other[cost] &&
    one.top1 >= other.top1 &&
    (one[cost] < other[cost] || one.top1 > other.top1);
  return new Set(
    models
      .filter((model) => !models.some((other) => beats(other, model)))
      .map(({ modelId }) => modelId),
  );
}
