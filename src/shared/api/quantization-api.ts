import { z } from 'zod';
import { jobIdSchema } from '../domain/job';
import { modelIdSchema, quantizationSettingsSchema } from '../domain/model';
import { method } from './define';

export const quantizationApi = {
  'quantization.start': method(
    z.object({ modelId: modelIdSchema, settings: quantizationSettingsSchema.prefault({}) }),
    z.object({ jobId: jobIdSchema }),
  ),
};
