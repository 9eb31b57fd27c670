import { z } from 'zod';
import { pushTargetSchema } from '../domain/deployment';
import { deviceIdSchema } from '../domain/device';
import { jobIdSchema } from '../domain/job';
import { modelIdSchema } from '../domain/model';
import { measuredPhotos, phoneMeasurementSchema } from '../domain/phone-measurement';
import { method } from './define';

export const phoneMeasurementsApi = {
  /**
   * Has an app that speaks the companion protocol answer test photos with models of one version. What it
   * runs stays as it is.
   */
  'phoneMeasurements.measure': method(
    z.object({
      deviceId: deviceIdSchema,
      modelIds: z.array(modelIdSchema).min(1).max(8),
      targetId: pushTargetSchema.shape.id.default('companion'),
      /** Test photos, the same share of every label. */
      photos: z
        .int()
        .min(measuredPhotos.least)
        .max(measuredPhotos.most)
        .default(measuredPhotos.default),
    }),
    z.object({ jobId: jobIdSchema }),
  ),
  /** Newest first, and the newest job of each phone since the project was opened. */
  'phoneMeasurements.list': method(
    z.object({}),
    z.object({
      measurements: z.array(phoneMeasurementSchema),
      jobs: z.array(z.object({ deviceId: deviceIdSchema, jobId: jobIdSchema })),
    }),
  ),
};

export const phoneMeasurementsEvents = {
  /** What `phoneMeasurements.list` says is another. */
  'phoneMeasurements.changed': z.object({}),
};
