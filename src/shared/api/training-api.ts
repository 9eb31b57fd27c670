import { z } from 'zod';
import { backboneSchema } from '../domain/backbone';
import { jobIdSchema } from '../domain/job';
import { epochRecordSchema, trainingSettingsSchema } from '../domain/model';
import { method } from './define';

const nothing = z.object({});

export const readinessSchema = z.object({
  ready: z.boolean(),
  /** Why not, each with what would be enough; warnings do not block. */
  problems: z.array(
    z.object({
      blocking: z.boolean(),
      message: z.string(),
      remedy: z.string().optional(),
    }),
  ),
  counts: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  /** Photos whose features for this backbone are at hand. */
  features: z.object({ done: z.int(), total: z.int() }),
  /** What would train the head here: "tfjs WebAssembly 4.22.0", and why not something faster. */
  engine: z.object({ name: z.string(), note: z.string().optional() }),
});
export type Readiness = z.infer<typeof readinessSchema>;

export const trainingApi = {
  'training.backbones': method(nothing, z.object({ backbones: z.array(backboneSchema) })),
  'training.readiness': method(z.object({ backbone: z.string().optional() }), readinessSchema),
  'training.start': method(
    z.object({ settings: trainingSettingsSchema.prefault({}) }),
    z.object({ jobId: jobIdSchema }),
  ),
  /** Ends a running training after the current epoch and keeps the best weights so far. */
  'training.stopAndKeepBest': method(z.object({ jobId: jobIdSchema }), nothing),
};

export const trainingEvents = {
  'training.epoch': z.object({
    jobId: jobIdSchema,
    record: epochRecordSchema,
    bestEpoch: z.int().positive(),
    epochs: z.int().positive(),
  }),
};
