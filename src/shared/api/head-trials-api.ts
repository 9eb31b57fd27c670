import { z } from 'zod';
import { backboneTrialsSchema } from '../domain/backbone-trials';
import { headSearchSchema } from '../domain/head-search';
import { jobIdSchema } from '../domain/job';
import { learningCurveSchema } from '../domain/learning-curve';
import { trainingSettingsSchema } from '../domain/model';
import { method } from './define';

const nothing = z.object({});
/** Backbone and seed count, and for a search all that it does not change. */
const settings = z.object({ settings: trainingSettingsSchema.prefault({}) });
const job = z.object({ jobId: jobIdSchema });

/** Heads that are trained to learn something from, and then thrown away. */
export const headTrialsApi = {
  'headTrials.measureCurve': method(settings, job),
  /** The last one that was measured; absent: there was none. */
  'headTrials.curve': method(nothing, z.object({ curve: learningCurveSchema.optional() })),
  'headTrials.compareBackbones': method(settings, job),
  /** The last such comparison; absent: there was none. */
  'headTrials.backbones': method(nothing, z.object({ trials: backboneTrialsSchema.optional() })),
  'headTrials.search': method(settings, job),
  'headTrials.lastSearch': method(nothing, z.object({ search: headSearchSchema.optional() })),
};
