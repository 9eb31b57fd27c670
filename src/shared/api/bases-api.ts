import { z } from 'zod';
import { jobIdSchema } from '../domain/job';
import { statedContractSchema } from '../domain/model';
import { method } from './define';

const nothing = z.object({});

/** Float classifiers that were made elsewhere, cut at their features. `training.backbones` lists them. */
export const basesApi = {
  /** The finished job's `result.backbone` is the name to train with. */
  'bases.open': method(
    z.object({
      sourceId: z.string(),
      stated: statedContractSchema.omit({ labels: true }).prefault({}),
    }),
    z.object({ jobId: jobIdSchema }),
  ),
  /** Moves its files to the project's trash; models that were trained on it stay whole. */
  'bases.remove': method(z.object({ name: z.string() }), nothing),
};

export const basesEvents = {
  /** `training.backbones` answers otherwise than before. */
  'bases.changed': nothing,
};
