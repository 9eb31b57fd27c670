import { z } from 'zod';
import { versionIdSchema } from './dataset-version';
import {
  calibrationChoiceSchema,
  modelIdSchema,
  type QuantizationSettings,
  rangeRuleSchema,
} from './model';

export const calibrationTrialSchema = z.object({
  choice: calibrationChoiceSchema,
  ranges: rangeRuleSchema,
  /** Of the validation photos; absent for a form that is broken. */
  correct: z.int().nonnegative().optional(),
  /** Share of checked photos with the float model's answer. */
  agreement: z.number().min(0).max(1).optional(),
  /** Largest difference of a probability on them. */
  largestDifference: z.number().optional(),
  /** Why it is broken, as a sentence. */
  reason: z.string().optional(),
});
export type CalibrationTrial = z.infer<typeof calibrationTrialSchema>;

/** What each choice of calibration photos and each range rule makes of a model, on validation photos. */
export const calibrationTrialsSchema = z.object({
  modelId: modelIdSchema,
  versionId: versionIdSchema,
  at: z.iso.datetime(),
  runtime: z.string(),
  /** Validation photos that the float model and all forms were judged on. */
  photos: z.int().positive(),
  floatCorrect: z.int().nonnegative(),
  trials: z.array(calibrationTrialSchema),
});
export type CalibrationTrials = z.infer<typeof calibrationTrialsSchema>;

/** Every choice with every rule, otherwise as `base` says. */
export function calibrationsToTry(base: QuantizationSettings): QuantizationSettings[] {
  return calibrationChoiceSchema.options.flatMap((choice) =>
    rangeRuleSchema.options.map((ranges) => ({
      ...base,
      precision: 'int8' as const,
      calibration: { ...base.calibration, choice, ranges },
    })),
  );
}
