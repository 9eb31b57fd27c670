import { z } from 'zod';
import { graphSummarySchema } from '../domain/graph-summary';
import { jobIdSchema } from '../domain/job';
import { modelIdSchema, modelSchema, statedContractSchema } from '../domain/model';
import { method } from './define';

const nothing = z.object({});

export const modelsApi = {
  /** Newest first. */
  'models.list': method(nothing, z.object({ models: z.array(modelSchema) })),
  'models.get': method(z.object({ modelId: modelIdSchema }), modelSchema),
  /** Takes in a `.tflite` or TensorFlow.js classifier that was made elsewhere, to compare and quantize it. */
  'models.import': method(
    z.object({ sourceId: z.string(), stated: statedContractSchema.prefault({}) }),
    z.object({ jobId: jobIdSchema }),
  ),
  /** What a model computes, operator by operator. */
  'models.graph': method(z.object({ modelId: modelIdSchema }), graphSummarySchema),
  /** The same of any file, taken in or not, also of one that can't be used. */
  'models.graphOfFile': method(z.object({ sourceId: z.string() }), graphSummarySchema),
  'models.rename': method(
    z.object({ modelId: modelIdSchema, name: z.string().trim().min(1).max(80) }),
    modelSchema,
  ),
  /** Moves the model's files to the project's trash. */
  'models.remove': method(z.object({ modelId: modelIdSchema }), nothing),
};

export const modelsEvents = {
  'models.changed': nothing,
};
