import { z } from 'zod';
import { jobIdSchema } from '../domain/job';
import {
  labelIdSchema,
  labelNameSchema,
  labelSchema,
  labelWithCountsSchema,
} from '../domain/label';
import {
  photoDetailSchema,
  photoFilterSchema,
  photoIdSchema,
  photoOrderSchema,
  photoSummarySchema,
} from '../domain/photo';
import { splitRatioSchema } from '../domain/split';
import { method } from './define';

const nothing = z.object({});
const photoIds = z.array(photoIdSchema).min(1).max(1_000_000);
/** What an edit did, for the toast: "Labeled 12 photos banana". */
const edited = z.object({ description: z.string() });

export const datasetSummarySchema = z.object({
  total: z.int(),
  labeled: z.int(),
  unlabeled: z.int(),
  excluded: z.int(),
  missing: z.int(),
  conflicts: z.int(),
  labels: z.array(labelWithCountsSchema),
  splits: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  ratio: splitRatioSchema,
  /** What undo and redo would do next, when there is something. */
  undo: z.string().optional(),
  redo: z.string().optional(),
});
export type DatasetSummary = z.infer<typeof datasetSummarySchema>;

export const importProblemSchema = z.object({
  /** Path below what was imported, for people to read. */
  path: z.string(),
  /** Short and stable: "empty", "truncated", "not-an-image", "too-large", "unreadable" … */
  reason: z.string(),
  message: z.string(),
});
export type ImportProblem = z.infer<typeof importProblemSchema>;

export const importReportSchema = z.object({
  importId: z.string(),
  startedAt: z.iso.datetime(),
  /** New photos in the project. */
  added: z.int(),
  /** Files whose bytes the project already had. */
  known: z.int(),
  /** Known photos that turned up under a second label. */
  conflicts: z.int(),
  /** Files that are no photos by name (labels.txt, .DS_Store): passed over. */
  ignored: z.int(),
  problems: z.array(importProblemSchema),
});
export type ImportReport = z.infer<typeof importReportSchema>;

export const datasetApi = {
  'dataset.summary': method(nothing, datasetSummarySchema),
  'dataset.listPhotos': method(
    z.object({
      filter: photoFilterSchema.default({}),
      order: photoOrderSchema.default('imported'),
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(1000),
    }),
    z.object({ total: z.int(), photos: z.array(photoSummarySchema) }),
  ),
  /** Ids in list order, for selecting ranges and all. */
  'dataset.listPhotoIds': method(
    z.object({
      filter: photoFilterSchema.default({}),
      order: photoOrderSchema.default('imported'),
    }),
    z.object({ photoIds: z.array(photoIdSchema) }),
  ),
  'dataset.photo': method(z.object({ photoId: photoIdSchema }), photoDetailSchema),

  /** Without `labelId` clears the label. Settles a conflict. */
  'dataset.assignLabel': method(z.object({ photoIds, labelId: labelIdSchema.optional() }), edited),
  'dataset.setExcluded': method(z.object({ photoIds, excluded: z.boolean() }), edited),
  'dataset.createLabel': method(
    z.object({ name: labelNameSchema }),
    edited.extend({ label: labelSchema }),
  ),
  'dataset.renameLabel': method(
    z.object({ labelId: labelIdSchema, name: labelNameSchema }),
    edited,
  ),
  'dataset.recolorLabel': method(
    z.object({ labelId: labelIdSchema, color: labelSchema.shape.color }),
    edited,
  ),
  /** Photos of `fromId` get `intoId`; `fromId` is gone. */
  'dataset.mergeLabels': method(z.object({ fromId: labelIdSchema, intoId: labelIdSchema }), edited),
  /** Its photos become unlabeled. */
  'dataset.deleteLabel': method(z.object({ labelId: labelIdSchema }), edited),
  /** Splits all labeled photos anew by this ratio and seed. Can be undone. */
  'dataset.splitAnew': method(
    z.object({ ratio: splitRatioSchema, seed: z.int().nonnegative().default(1) }),
    edited,
  ),
  'dataset.undo': method(nothing, edited),
  'dataset.redo': method(nothing, edited),

  /** Imports what the host staged under these ids (paths or uploads). */
  'dataset.importPhotos': method(
    z.object({
      sourceIds: z.array(z.string()).min(1),
      /** Store the bytes in the project; uploads always are. */
      copy: z.boolean().default(false),
      /** 'folders': the name of the folder a photo lies in is its label. */
      labels: z.enum(['folders', 'none']).default('folders'),
    }),
    z.object({ jobId: jobIdSchema }),
  ),
  /** The report of an import, default the newest; absent when nothing was ever imported. */
  'dataset.importReport': method(
    z.object({ importId: z.string().optional() }),
    z.object({ report: importReportSchema.optional() }),
  ),
  /** Looks for missing photos, by content, in what the host staged. */
  'dataset.relink': method(
    z.object({ sourceIds: z.array(z.string()).min(1) }),
    z.object({ jobId: jobIdSchema }),
  ),
};

export const datasetEvents = {
  /**
   * Something about photos or labels changed. `photoIds`: only these (at most 1000 named);
   * absent: any may have.
   */
  'dataset.changed': z.object({ photoIds: z.array(photoIdSchema).optional() }),
};
