import { z } from 'zod';
import { ioTypeSchema, modelIdSchema, precisionSchema } from './model';
import { photoIdSchema } from './photo';
import { provenanceSchema } from './provenance';
import { splitSchema } from './split';

/** A two-sided 95 % interval. */
export const intervalSchema = z.object({ low: z.number(), high: z.number() });
export type Interval = z.infer<typeof intervalSchema>;

export const classMetricsSchema = z.object({
  label: z.string(),
  /** Photos of this class in the split. */
  support: z.int().nonnegative(),
  /** undefined where its denominator is 0. */
  precision: z.number().optional(),
  recall: z.number().optional(),
  f1: z.number().optional(),
});
export type ClassMetrics = z.infer<typeof classMetricsSchema>;

/** Latency of one inference, preprocessing not included, after warm-up. */
export const latencySchema = z.object({
  p50: z.number().nonnegative(),
  p95: z.number().nonnegative(),
  runs: z.int().positive(),
  warmupRuns: z.int().nonnegative(),
  threads: z.int().positive(),
});
export type Latency = z.infer<typeof latencySchema>;

/** Memory that a model needs while it runs, above what the runtime needs without one. */
export const modelMemorySchema = z.object({
  peakBytes: z.int().nonnegative(),
  /** Resident memory of LiteRT's process, or WebAssembly's memory up to the highest byte that was written. */
  of: z.enum(['process', 'linear-memory']),
});
export type ModelMemory = z.infer<typeof modelMemorySchema>;

/** The computer that a comparison's costs were measured on. */
export const machineSchema = z.object({
  /** As the processor calls itself. */
  cpu: z.string(),
  /** Cores that programs may use. */
  cores: z.int().positive(),
  /** What ran the models, with its version. */
  runtime: z.string(),
  /** Why no latency with several threads was measured. */
  oneThread: z.enum(['runtime', 'cores']).optional(),
});
export type Machine = z.infer<typeof machineSchema>;

export const modelResultSchema = z.object({
  modelId: modelIdSchema,
  name: z.string(),
  precision: precisionSchema,
  io: ioTypeSchema,
  bytes: z.int().positive(),
  correct: z.int().nonnegative(),
  total: z.int().nonnegative(),
  /** correct / total. */
  top1: z.number().min(0).max(1),
  /** Wilson. */
  top1Interval: intervalSchema,
  classes: z.array(classMetricsSchema),
  /** confusion[truth][answer] = photos. */
  confusion: z.array(z.array(z.int().nonnegative())),
  latencyMs: latencySchema,
  /** With several threads; absent where `Machine.oneThread` says why, and in comparisons of before. */
  threadedLatencyMs: latencySchema.optional(),
  /** Absent in comparisons of before. */
  memory: modelMemorySchema.optional(),
  loadMs: z.number().nonnegative(),
  provenance: provenanceSchema,
});
export type ModelResult = z.infer<typeof modelResultSchema>;

/** One photo's answers; `probabilities[m]` belongs to `models[m]` of the comparison. */
export const photoAnswerSchema = z.object({
  photoId: photoIdSchema,
  truth: z.int().nonnegative(),
  probabilities: z.array(z.array(z.number())),
});
export type PhotoAnswer = z.infer<typeof photoAnswerSchema>;

/** A photo whose answer differs between the first model and another. */
export const flipSchema = z.object({
  photoId: photoIdSchema,
  fileName: z.string(),
  truth: z.int().nonnegative(),
  first: z.object({ answer: z.int().nonnegative(), probability: z.number() }),
  second: z.object({ answer: z.int().nonnegative(), probability: z.number() }),
  kind: z.enum(['lost', 'gained', 'both-wrong']),
  /** Probability of the truth, first minus second: what the change cost. */
  lostConfidence: z.number(),
});
export type Flip = z.infer<typeof flipSchema>;

/** The second model against the first, on the same photos. */
export const differenceSchema = z.object({
  firstId: modelIdSchema,
  secondId: modelIdSchema,
  /** top1 of the second minus top1 of the first. */
  top1: z.number(),
  /** Of the paired difference. */
  interval: intervalSchema,
  /** Photos only the first / only the second has right. */
  lost: z.int().nonnegative(),
  gained: z.int().nonnegative(),
  /** Exact McNemar, two-sided. */
  pValue: z.number().min(0).max(1),
  /** Share of photos with the same answer. */
  agreement: z.number().min(0).max(1),
  /** bytes of the first / bytes of the second. */
  sizeRatio: z.number().positive(),
  /** p50 of the first / p50 of the second. */
  speedRatio: z.number().positive(),
  flips: z.array(flipSchema),
});
export type Difference = z.infer<typeof differenceSchema>;

/** Models of one comparison, the first one among them: more columns can’t be held side by side. */
export const mostCompared = 8;

export const comparisonIdSchema = z.string().regex(/^comparison-\d+$/);

export const comparisonSchema = z.object({
  id: comparisonIdSchema,
  createdAt: z.iso.datetime(),
  split: splitSchema,
  labels: z.array(z.string()),
  /** The first one is what the others are held against. */
  models: z.array(modelResultSchema).min(2),
  differences: z.array(differenceSchema).min(1),
  answers: z.array(photoAnswerSchema),
  /** Absent in comparisons of before. */
  machine: machineSchema.optional(),
  /** One sentence a person can act on. */
  verdict: z.string(),
  /** What a person wrote about it; absent: nothing. */
  note: z.string().optional(),
  /** Photos of the split left out, with the reason. */
  skipped: z.array(z.object({ photoId: photoIdSchema, reason: z.string() })),
  /** The photos are drawings of the sample generator. */
  generated: z.boolean(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

export const comparisonSummarySchema = comparisonSchema
  .pick({ id: true, createdAt: true, split: true, verdict: true, note: true })
  .extend({ modelIds: z.array(modelIdSchema) });
export type ComparisonSummary = z.infer<typeof comparisonSummarySchema>;
