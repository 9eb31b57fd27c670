import { z } from 'zod';
import { deploymentSchema, pushTargetSchema } from '../domain/deployment';
import { deviceIdSchema } from '../domain/device';
import { jobIdSchema } from '../domain/job';
import { modelIdSchema } from '../domain/model';
import { method } from './define';

const targetId = pushTargetSchema.shape.id;

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
  /**
   * Where models may go, what went where (newest first), and the newest push of each phone since the
   * project was opened, however it stands.
   */
  'deploy.pushes': method(
    z.object({}),
    z.object({
      targets: z.array(pushTargetSchema),
      deployments: z.array(deploymentSchema),
      pushes: z.array(
        z.object({
          jobId: jobIdSchema,
          deviceId: deviceIdSchema,
          targetId,
          modelIds: z.array(modelIdSchema),
        }),
      ),
    }),
  ),
  /** Brings models to phones, the first one to be run; one job a phone, all at the same time. */
  'deploy.push': method(
    z.object({
      modelIds: z.array(modelIdSchema).min(1).max(8, 'At most eight models go at a time.'),
      deviceIds: z
        .array(deviceIdSchema)
        .min(1)
        .max(50, 'A push goes to at most 50 phones at a time.'),
      targetId: targetId.default('companion'),
      /** Puts our own app on the phone first, or its newest form, and starts it once. */
      installApp: z.boolean().optional(),
    }),
    z.object({ jobIds: z.array(jobIdSchema) }),
  ),
  /** Brings back what a phone ran before. */
  'deploy.rollBack': method(
    z.object({ deviceId: deviceIdSchema, targetId: targetId.default('companion') }),
    z.object({ jobId: jobIdSchema }),
  ),
  /** Remembers an app or folder of one's own; without an id it is a new one. */
  'deploy.saveTarget': method(
    pushTargetSchema.extend({ id: targetId.optional() }),
    z.object({ target: pushTargetSchema }),
  ),
  'deploy.removeTarget': method(z.object({ targetId }), z.object({})),
};

export const deployEvents = {
  /** What `deploy.pushes` says is another. */
  'deploy.changed': z.object({}),
};
