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
  /** The same with `TradeOff.threads`; absent where it was not measured. */
  threadedP50: z.number().nonnegative().optional(),
  /** Memory at its highest; absent where it was not measured. */
  peakBytes: z.int().nonnegative().optional(),
  /** The comparison that measured it. */
  comparisonId: comparisonIdSchema,
});
export type MeasuredModel = z.infer<typeof measuredModelSchema>;

export const leftOutSchema = z.object({
  modelId: modelIdSchema,
  name: z.string(),
  why: z.enum(['never-compared', 'other-photos', 'other-runtime', 'other-computer']),
});
export type LeftOut = z.infer<typeof leftOutSchema>;

/** Models of a project that were measured on the same photos by the same runtime. */
export const tradeOffSchema = z.object({
  split: splitSchema,
  photos: z.int().nonnegative(),
  runtime: z.string(),
  /** The computer's processor; absent where the newest comparison does not tell. */
  cpu: z.string().optional(),
  /** Of `threadedP50`; absent: no model was timed with several. */
  threads: z.int().positive().optional(),
  /** The photos are drawings of the sample generator. */
  generated: z.boolean(),
  models: z.array(measuredModelSchema),
  /** The others, whose figures would not belong beside these. */
  leftOut: z.array(leftOutSchema),
});
export type TradeOff = z.infer<typeof tradeOffSchema>;

export const costs = ['bytes', 'p50', 'threadedP50', 'peakBytes'] as const;
export type Cost = (typeof costs)[number];

/** A model with what it costs, where that was measured. */
export type PricedModel = Pick<MeasuredModel, 'modelId' | 'top1'> & { price: number };

/** Those whose `cost` was measured, cheapest first. */
export function priced<Measured extends MeasuredModel>(
  models: readonly Measured[],
  cost: Cost,
): (Measured & { price: number })[] {
  return models
    .flatMap((model) => {
      const price = model[cost];
      return price === undefined ? [] : [{ ...model, price }];
    })
    .sort((a, b) => a.price - b.price || b.top1 - a.top1);
}

/**
 * Models that no other one beats: none costs as little or less and is right as often or more, with one of
 * the two better (Pareto's frontier).
 */
export function undominated(models: readonly PricedModel[]): Set<string> {
  const beats = (one: PricedModel, other: PricedModel) =>
    one.price <= other.price &&
    one.top1 >= other.top1 &&
    (one.price < other.price || one.top1 > other.top1);
  return new Set(
    models
      .filter((model) => !models.some((other) => beats(other, model)))
      .map(({ modelId }) => modelId),
  );
}
