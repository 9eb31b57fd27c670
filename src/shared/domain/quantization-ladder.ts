import { z } from 'zod';
import { modelIdSchema, type QuantizationSettings, quantizationSettingsSchema } from './model';
import { versionIdSchema } from './dataset-version';

/** How much accuracy may be lost: 0..1, 0.005 is half a point. */
export const accuracyBudgetSchema = z.number().min(0).max(0.5);

export const ladderRungSchema = z.object({
  settings: quantizationSettingsSchema,
  /** 'within' the budget, 'below' it, or a file that is 'broken' and was thrown away. */
  outcome: z.enum(['within', 'below', 'broken']),
  /** Why it is broken, as a sentence. */
  reason: z.string().optional(),
  bytes: z.int().positive().optional(),
  /** Of the validation photos. */
  correct: z.int().nonnegative().optional(),
  /** Median of single inferences, in milliseconds. */
  latencyMs: z.number().nonnegative().optional(),
});
export type LadderRung = z.infer<typeof ladderRungSchema>;

/** What climbing from the smallest form up found, measured on validation photos, never on test ones. */
export const ladderSchema = z.object({
  parentId: modelIdSchema,
  versionId: versionIdSchema,
  budget: accuracyBudgetSchema,
  photos: z.int().positive(),
  /** The float model itself, on the same photos. */
  float: z.object({
    bytes: z.int().positive(),
    correct: z.int().nonnegative(),
    latencyMs: z.number().nonnegative(),
  }),
  rungs: z.array(ladderRungSchema),
  /** The model that was kept; absent: no rung is within the budget. */
  modelId: modelIdSchema.optional(),
  /** It was among the models before: the very same bytes were made of the same parent. */
  wasThere: z.boolean().optional(),
  runtime: z.string(),
  at: z.iso.datetime(),
});
export type Ladder = z.infer<typeof ladderSchema>;

/**
 * The rungs of whole int8, cheapest first: as the official quantizer makes it, with corrected biases, with
 * ranges that lose least information, with equalized channels, with weights whose rounding was searched.
 * @param base decides calibration photos, input and output type.
 */
export function int8Rungs(base: QuantizationSettings): QuantizationSettings[] {
  const int8 = {
    ...base,
    precision: 'int8' as const,
    equalization: false,
    roundingSearch: false,
    keepFloat: [],
  };
  return [
    { ...int8, calibration: ranges(base, 'min-max'), biasCorrection: false },
    { ...int8, calibration: ranges(base, 'min-max'), biasCorrection: true },
    { ...int8, calibration: ranges(base, 'kl'), biasCorrection: true },
    {
      ...int8,
      calibration: ranges(base, 'min-max'),
      biasCorrection: true,
      equalization: true,
    },
    {
      ...int8,
      calibration: ranges(base, 'min-max'),
      biasCorrection: true,
      roundingSearch: true,
    },
  ];
}

/** How many of the worst tensors are kept in float, rung by rung. */
const keptCounts = [1, 2, 4, 8];

/**
 * Int8 with ever more of its worst tensors in float.
 * @param best the whole int8 form that did best.
 * @param worst names, worst first.
 */
export function mixedRungs(
  best: QuantizationSettings,
  worst: readonly string[],
): QuantizationSettings[] {
  return keptCounts
    .filter((count) => count <= worst.length)
    .map((count) => ({ ...best, keepFloat: worst.slice(0, count) }));
}

/** The last ones: int8 weights alone, float16. */
export function storageRungs(base: QuantizationSettings): QuantizationSettings[] {
  const rest = {
    ...base,
    equalization: false,
    roundingSearch: false,
    keepFloat: [],
    calibration: ranges(base, 'min-max'),
  };
  return [
    { ...rest, precision: 'int8-weights', biasCorrection: true },
    { ...rest, precision: 'float16', biasCorrection: false },
  ];
}

/** The most rungs that a climb can have. */
export const mostRungs = 5 + keptCounts.length + 2;

const ranges = ({ calibration }: QuantizationSettings, rule: 'min-max' | 'kl') => ({
  ...calibration,
  ranges: rule,
});

/** Whether so many right answers of `photos` lose no more than the budget against the float model. */
export function isWithin(
  correct: number,
  { float, photos, budget }: Pick<Ladder, 'float' | 'photos' | 'budget'>,
): boolean {
  // A thousandth of a photo: 0.005 of 200 is one photo, whatever rounding makes of it.
  return float.correct - correct <= budget * photos + 1e-3;
}
