import { z } from 'zod';
import { modelIdSchema, modelSchema } from '../domain/model';
import { method } from './define';

const nothing = z.object({});

export const modelsApi = {
  /** Newest first. */
  'models.list': method(nothing, z.object({ models: z.array(modelSchema) })),
  'models.get': method(z.object({ modelId: modelIdSchema }), modelSchema),
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
