import { z } from 'zod';
import { photoIdSchema } from '../domain/photo';
import { method } from './define';

export const fineTuningOptionsSchema = z.object({
  /** Weights and biases of the backbone that training so many last blocks changes; from one on. */
  blocks: z.array(z.object({ blocks: z.int().positive(), weights: z.int().nonnegative() })),
  /** What keeps blocks further up from being trained: a sentence that names the layer. */
  limit: z.string().optional(),
  /** What would train them here: "tfjs-node 4.22.0". */
  engine: z.string().optional(),
  /** Why nothing would, and what to do. */
  missing: z.object({ message: z.string(), remedy: z.string().optional() }).optional(),
});
export type FineTuningOptions = z.infer<typeof fineTuningOptionsSchema>;

export const fineTuningApi = {
  'fineTuning.options': method(
    z.object({ backbone: z.string().optional() }),
    fineTuningOptionsSchema,
  ),
  /** A few training photos of different labels, to show on them what augmentation does. */
  'fineTuning.previewPhotos': method(
    z.object({ count: z.int().min(1).max(50), seed: z.int().nonnegative() }),
    z.object({ photoIds: z.array(photoIdSchema) }),
  ),
};
