import { z } from 'zod';
import { photoIdSchema } from './photo';
import { splitSchema } from './split';

export const versionIdSchema = z.string().regex(/^version-\d+$/);

/** One photo as it stood when the version was frozen. `labelIndex` points into `labels`. */
export const versionPhotoSchema = z.object({
  photoId: photoIdSchema,
  sha256: z.string().length(64),
  labelIndex: z.int().nonnegative(),
  split: splitSchema,
});
export type VersionPhoto = z.infer<typeof versionPhotoSchema>;

/** The photos, labels and splits that one training used. Never changed after it is made. */
export const datasetVersionSchema = z.object({
  id: versionIdSchema,
  createdAt: z.iso.datetime(),
  /** Output order of every model trained on this version. */
  labels: z.array(z.string()).min(1),
  photos: z.array(versionPhotoSchema),
  /** SHA-256 over labels and photos: equal content, equal hash. */
  contentHash: z.string().length(64),
});
export type DatasetVersion = z.infer<typeof datasetVersionSchema>;
