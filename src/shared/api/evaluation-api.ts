import { z } from 'zod';
import {
  comparisonIdSchema,
  comparisonSchema,
  comparisonSummarySchema,
} from '../domain/comparison';
import { jobIdSchema } from '../domain/job';
import { modelIdSchema } from '../domain/model';
import { splitSchema } from '../domain/split';
import { method } from './define';

const nothing = z.object({});

export const evaluationApi = {
  /** The first model is what the others are held against. */
  'evaluation.compare': method(
    z.object({
      modelIds: z.array(modelIdSchema).min(2).max(8),
      split: splitSchema.default('test'),
    }),
    z.object({ jobId: jobIdSchema }),
  ),
  /** Newest first. */
  'evaluation.comparisons': method(
    nothing,
    z.object({ comparisons: z.array(comparisonSummarySchema) }),
  ),
  'evaluation.comparison': method(z.object({ comparisonId: comparisonIdSchema }), comparisonSchema),
};

export const evaluationEvents = {
  'evaluation.changed': nothing,
};
