import { z } from 'zod';
import { issueKindSchema } from '../domain/issue';
import { jobIdSchema } from '../domain/job';
import {
  labelIdSchema,
  labelNameSchema,
  labelSchema,
  labelWithCountsSchema,
} from '../domain/label';
import { photoDetailSchema, photoIdSchema, photoSummarySchema } from '../domain/photo';
import { photoGroupSchema, photoListSchema } from '../domain/photo-filter';
import { labelKeySchema } from '../domain/label-keys';
import { savedFilterSchema } from '../domain/saved-filter';
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
  /** By name. */
  savedFilters: z.array(savedFilterSchema),
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

export const filterChoicesSchema = z.object({
  cameras: z.array(z.object({ name: z.string(), count: z.int() })),
  imports: z.array(z.object({ id: z.string(), startedAt: z.iso.datetime(), count: z.int() })),
  /** Open issues by kind; kinds without one are left out. */
  issues: z.array(z.object({ kind: issueKindSchema, count: z.int() })),
  clusters: z.int(),
  /** Photos of which it is known what the studio would call them. */
  answered: z.int(),
});
export type FilterChoices = z.infer<typeof filterChoicesSchema>;

export const datasetApi = {
  'dataset.summary': method(nothing, datasetSummarySchema),
  'dataset.listPhotos': method(
    photoListSchema.extend({
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(1000),
    }),
    z.object({ total: z.int(), photos: z.array(photoSummarySchema) }),
  ),
  /** Ids in list order, for selecting ranges and all. */
  'dataset.listPhotoIds': method(photoListSchema, z.object({ photoIds: z.array(photoIdSchema) })),
  /** The groups of a list in its order; their counts add up to its length. */
  'dataset.listGroups': method(photoListSchema, z.object({ groups: z.array(photoGroupSchema) })),
  /** Where in a list a photo stands; absent: nowhere. */
  'dataset.placeOfPhoto': method(
    photoListSchema.extend({ photoId: photoIdSchema }),
    z.object({ index: z.int().optional() }),
  ),
  /** The first place from `from` on, then from the start, of a file name with this text in it. */
  'dataset.placeOfName': method(
    photoListSchema.extend({ text: z.string().min(1).max(200), from: z.int().nonnegative() }),
    z.object({ index: z.int().optional() }),
  ),
  /** What there is to filter by besides labels and splits, with counts of photos. */
  'dataset.filterChoices': method(nothing, filterChoicesSchema),
  /** These photos, in this order; those that do not exist are left out. */
  'dataset.photos': method(
    z.object({ photoIds: z.array(photoIdSchema).max(1000) }),
    z.object({ photos: z.array(photoSummarySchema) }),
  ),
  'dataset.photo': method(z.object({ photoId: photoIdSchema }), photoDetailSchema),

  /** Without `labelId` clears the label. Settles a conflict. */
  'dataset.assignLabel': method(z.object({ photoIds, labelId: labelIdSchema.optional() }), edited),
  /** Several labels at once, as one edit: "Labeled 12 photos as suggested". */
  'dataset.assignLabels': method(
    z.object({
      assignments: z
        .array(z.object({ labelId: labelIdSchema, photoIds }))
        .min(1)
        .max(10_000),
    }),
    edited,
  ),
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
  /** Takes the key from a label that has it; without `key` the label's place decides again. */
  'dataset.bindLabelKey': method(
    z.object({ labelId: labelIdSchema, key: labelKeySchema.optional() }),
    edited,
  ),
  /** Photos of `fromId` get `intoId`; `fromId` is gone. */
  'dataset.mergeLabels': method(z.object({ fromId: labelIdSchema, intoId: labelIdSchema }), edited),
  /** Its photos become unlabeled. */
  'dataset.deleteLabel': method(z.object({ labelId: labelIdSchema }), edited),
  /** Keeps a filter under a name; one of that name, whatever its case, is replaced. */
  'dataset.saveFilter': method(savedFilterSchema, edited),
  'dataset.removeFilter': method(savedFilterSchema.pick({ name: true }), edited),
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
      /** All photos get this label, whatever `labels` says. */
      labelId: labelIdSchema.optional(),
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
