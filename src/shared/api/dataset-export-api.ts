import { z } from 'zod';
import { versionIdSchema } from '../domain/dataset-version';
import { jobIdSchema } from '../domain/job';
import { photoFilterSchema } from '../domain/photo-filter';
import { method } from './define';

/**
 * `folder`: a folder a label, in one of each split. `csv`: photos and a table. `coco`: photos and
 * annotations of whole pictures.
 */
export const datasetFormats = ['folder', 'csv', 'coco'] as const;
export const datasetFormatSchema = z.enum(datasetFormats);
export type DatasetFormat = z.infer<typeof datasetFormatSchema>;

/** Which photos: all, those of a filter, or those of a frozen version as they stood then. */
export const exportScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('filter'), filter: photoFilterSchema }),
  z.object({ kind: z.literal('version'), versionId: versionIdSchema }),
]);
export type ExportScope = z.infer<typeof exportScopeSchema>;

export const exportChoiceSchema = z.object({
  scope: exportScopeSchema.default({ kind: 'all' }),
  /** Photos without a label, too. A version has none. */
  unlabeled: z.boolean().default(false),
  /** Excluded photos, too; they come back excluded. Those of a version always come along. */
  excluded: z.boolean().default(false),
});
export type ExportChoice = z.infer<typeof exportChoiceSchema>;

/** Staged by the host; absent: a zip in the project, from where the browser downloads it. */
const placeId = z.string().optional();
const count = z.int().nonnegative();

export const exportPreviewSchema = z.object({
  /** What would be written; files that are found missing on the way come off. */
  photos: count,
  bytes: count,
  labels: count,
  splits: z.object({ train: count, validation: count, test: count }),
  unlabeled: count,
  excluded: count,
  /** What stays out, and why. */
  leftOut: z.object({ unlabeled: count, excluded: count, missing: count }),
  /** Have two labels that nobody has chosen from: they count as unlabeled. */
  conflicts: count,
  /** Free where it would be written. */
  freeBytes: count,
});
export type ExportPreview = z.infer<typeof exportPreviewSchema>;

export const datasetExportApi = {
  'datasetExport.preview': method(exportChoiceSchema.extend({ placeId }), exportPreviewSchema),
  /**
   * Writes photos as they are with their labels, whole or not at all. A place that is empty or not
   * there yet is taken itself; in any other folder a new one (a new zip file) is made. The job's
   * result has `path`, or `archiveId` for media `export/<archiveId>.zip`.
   */
  'datasetExport.start': method(
    exportChoiceSchema.extend({
      format: datasetFormatSchema,
      /** Say which split a photo is in. */
      splits: z.boolean().default(true),
      /** One zip file; always without a place. */
      zip: z.boolean().default(false),
      placeId,
    }),
    z.object({ jobId: jobIdSchema }),
  ),
};
