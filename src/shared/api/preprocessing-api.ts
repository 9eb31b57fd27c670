import { z } from 'zod';
import { jobIdSchema } from '../domain/job';
import { modelIdSchema } from '../domain/model';
import { preprocessingCheckSchema } from '../domain/preprocessing-check';
import { method } from './define';

export const preprocessingApi = {
  /** Scores a model under the mistakes that apps make before the model. */
  'preprocessing.check': method(
    z.object({ modelId: modelIdSchema }),
    z.object({ jobId: jobIdSchema }),
  ),
  /** What the last check of this model found; absent: there was none. */
  'preprocessing.lastCheck': method(
    z.object({ modelId: modelIdSchema }),
    z.object({ check: preprocessingCheckSchema.optional() }),
  ),
};
