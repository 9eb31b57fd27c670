import { z } from 'zod';
import { jobIdSchema } from '../domain/job';
import { modelIdSchema } from '../domain/model';
import { method } from './define';

export const deployApi = {
  /**
   * Writes the app developer's folder for a model (with its float parent when quantized): into
   * the folder the host staged under `placeId`, else into the project, from where the browser
   * downloads it as media `export/<exportId>.zip`.
   */
  'deploy.exportModel': method(
    z.object({ modelId: modelIdSchema, placeId: z.string().optional() }),
    z.object({ jobId: jobIdSchema }),
  ),
};
