import { z } from 'zod';
import { deviceIdSchema } from '../domain/device';
import { jobIdSchema } from '../domain/job';
import { labelNameSchema } from '../domain/label';
import { method } from './define';

/** A photo on a phone, by an id that holds while its list is the newest of that phone. */
export const phonePhotoSchema = z.object({
  id: z.string().regex(/^list-\d{1,9}-\d{1,9}$/),
  fileName: z.string(),
  album: z.string(),
  bytes: z.int().nonnegative(),
  /** By the phone's clock. */
  modifiedAt: z.iso.datetime(),
  /** This project has not taken it, as it is now. */
  isNew: z.boolean(),
});
export type PhonePhoto = z.infer<typeof phonePhotoSchema>;

/** Which photos of a phone; without anything all of them. */
const choice = z.object({
  deviceId: deviceIdSchema,
  album: z.string().optional(),
  /** Modified at this time or later. */
  since: z.iso.datetime().optional(),
  onlyNew: z.boolean().default(false),
});

export const phonePhotosApi = {
  /** The newest first. `anew` looks at the phone, otherwise it is as it was when it was looked at. */
  'phonePhotos.list': method(
    choice.extend({
      anew: z.boolean().default(false),
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(1000),
    }),
    z.object({
      /** Folders of the camera, in the order of their newest photo. */
      albums: z.array(z.object({ name: z.string(), count: z.int(), fresh: z.int() })),
      /** That match. */
      total: z.int(),
      photos: z.array(phonePhotoSchema),
    }),
  ),
  /**
   * Copies photos into the project: those with the given ids, or all that match. What came before
   * and is unchanged is not copied again.
   */
  'phonePhotos.pull': method(
    choice.extend({
      photoIds: z.array(phonePhotoSchema.shape.id).min(1).max(50_000).optional(),
      /** All get this label; made when the project has none of that name. */
      label: labelNameSchema.optional(),
    }),
    z.object({ jobId: jobIdSchema }),
  ),
};
