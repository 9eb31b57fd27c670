import { z } from 'zod';
import { calibrationTrialsSchema } from '../domain/calibration-trials';
import { jobIdSchema } from '../domain/job';
import { layerErrorSchema } from '../domain/layer-error';
import { modelIdSchema, quantizationSettingsSchema } from '../domain/model';
import { accuracyBudgetSchema, ladderSchema } from '../domain/quantization-ladder';
import { method } from './define';

export const quantizationApi = {
  'quantization.start': method(
    z.object({ modelId: modelIdSchema, settings: quantizationSettingsSchema.prefault({}) }),
    z.object({ jobId: jobIdSchema }),
  ),
  /** Looks for the smallest form of a float model that loses no more accuracy than `budget`. */
  'quantization.climb': method(
    z.object({
      modelId: modelIdSchema,
      budget: accuracyBudgetSchema.default(0.005),
      /** For calibration photos, input and output; each rung decides the rest. */
      settings: quantizationSettingsSchema.prefault({}),
    }),
    z.object({ jobId: jobIdSchema }),
  ),
  /** What the last climb from this model found; absent: there was none. */
  'quantization.ladder': method(
    z.object({ modelId: modelIdSchema }),
    z.object({ ladder: ladderSchema.optional() }),
  ),
  /** Makes an int8 form with every choice of photos and every range rule, and judges each; keeps none. */
  'quantization.tryCalibrations': method(
    z.object({ modelId: modelIdSchema, settings: quantizationSettingsSchema.prefault({}) }),
    z.object({ jobId: jobIdSchema }),
  ),
  /** What the last of these trials of a model found; absent: there was none. */
  'quantization.calibrations': method(
    z.object({ modelId: modelIdSchema }),
    z.object({ trials: calibrationTrialsSchema.optional() }),
  ),
  /** Where a quantized model strays from its parent, worst first: measured now, in seconds. */
  'quantization.layers': method(
    z.object({ modelId: modelIdSchema }),
    z.object({
      photos: z.int().positive(),
      layers: z.array(layerErrorSchema),
      runtime: z.string(),
    }),
  ),
};
