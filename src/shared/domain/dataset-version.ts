import { z } from 'zod';
import { labelIdSchema } from './label';
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
/** A version, or the photos as they are now. */
export const versionSideSchema = z.union([versionIdSchema, z.literal('now')]);
export type VersionSide = z.infer<typeof versionSideSchema>;

/** What can have become of a photo from one version to another; a photo can be of the last two. */
export const versionChangeKinds = ['added', 'removed', 'relabeled', 'moved'] as const;
export const versionChangeKindSchema = z.enum(versionChangeKinds);
export type VersionChangeKind = z.infer<typeof versionChangeKindSchema>;

/** Why a photo is not among those that can be trained on now. */
export const absenceSchema = z.enum(['excluded', 'missing', 'unsettled', 'unlabeled', 'gone']);
export type Absence = z.infer<typeof absenceSchema>;

export type VersionPhoto = z.infer<typeof versionPhotoSchema>;

/** The photos, labels and splits that one training used. Never changed after it is made. */
export const datasetVersionSchema = z.object({
  id: versionIdSchema,
  createdAt: z.iso.datetime(),
  /** Output order of every model trained on this version. */
  labels: z.array(z.string()).min(1),
  /** What ids these labels had then; absent for versions from before they were kept. */
  labelIds: z.array(labelIdSchema).optional(),
  photos: z.array(versionPhotoSchema),
  /** SHA-256 over labels and photos: equal content, equal hash. */
  contentHash: z.string().length(64),
});
export type DatasetVersion = z.infer<typeof datasetVersionSchema>;

/** What two versions are compared by; photos ascending by id. */
export type VersionContent = Pick<DatasetVersion, 'labels' | 'labelIds' | 'photos'>;
