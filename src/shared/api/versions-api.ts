import { z } from 'zod';
import { noteSchema } from '../domain/note';
import {
  absenceSchema,
  versionChangeKindSchema,
  versionIdSchema,
  versionSideSchema,
} from '../domain/dataset-version';
import { modelIdSchema } from '../domain/model';
import { photoIdSchema } from '../domain/photo';
import { splitSchema } from '../domain/split';
import { method } from './define';

const nothing = z.object({});
const count = z.int().nonnegative();
const splitCountsSchema = z.object({ train: count, validation: count, test: count });

export const versionSummarySchema = z.object({
  id: versionIdSchema,
  createdAt: z.iso.datetime(),
  /** What a person says about it; may be empty. */
  note: z.string(),
  photos: count,
  splits: splitCountsSchema,
  /** In the order of a model's outputs. */
  labels: z.array(splitCountsSchema.extend({ name: z.string() })),
  /** Models that were trained on it, newest first; those made from them are left out. */
  models: z.array(z.object({ id: modelIdSchema, name: z.string() })),
});
export type VersionSummary = z.infer<typeof versionSummarySchema>;

const standingSchema = z.object({ label: z.string(), split: splitSchema });

export const versionChangeSchema = z.object({
  photoId: photoIdSchema,
  /** Absent: it was not in the first. */
  before: standingSchema.optional(),
  /** Absent: it is not in the second. */
  after: standingSchema.optional(),
  /** Why it is not in the second, when that is now. */
  absence: absenceSchema.optional(),
});
export type VersionChange = z.infer<typeof versionChangeSchema>;

const renamedSchema = z.object({ from: z.string(), to: z.string() });

export const versionComparisonSchema = z.object({
  /** Photos of each kind; one that was relabeled and moved is in both. */
  counts: z.record(versionChangeKindSchema, count),
  /** Photos that are in both, with the same label and split. */
  same: count,
  renamedLabels: z.array(renamedSchema),
  addedLabels: z.array(z.string()),
  removedLabels: z.array(z.string()),
  /** Of the kind that was asked for, by photo id. */
  changes: z.array(versionChangeSchema),
});
export type VersionComparison = z.infer<typeof versionComparisonSchema>;

/** What restoring a version does; numbers are photos. */
export const restorePlanSchema = z.object({
  /** Get another label, or one at all. */
  relabeled: count,
  /** Get another split. */
  moved: count,
  /** Are taken in again. */
  included: count,
  /** Have a label and are not in the version: left out, with label and split kept. */
  excluded: count,
  /** Deleted since, made again. */
  newLabels: z.array(z.string()),
  /** Get their old name back. */
  renamedLabels: z.array(renamedSchema),
  /** Are in the version; their files are not there now. The first hundred by name. */
  missing: count,
  missingNames: z.array(z.string()),
  /** Nothing would change. */
  isSame: z.boolean(),
});
export type RestorePlan = z.infer<typeof restorePlanSchema>;

const byId = z.object({ versionId: versionIdSchema });

export const versionsApi = {
  /** Newest first. */
  'versions.list': method(nothing, z.object({ versions: z.array(versionSummarySchema) })),
  /** What became of the photos of `first` in `second`. */
  'versions.compare': method(
    z.object({
      first: versionSideSchema,
      second: versionSideSchema,
      kind: versionChangeKindSchema,
      offset: z.int().nonnegative().default(0),
      limit: z.int().min(1).max(1000).default(200),
    }),
    versionComparisonSchema,
  ),
  /** What `versions.restore` would do now. */
  'versions.planRestore': method(byId, restorePlanSchema),
  /** Makes labels, splits and exclusion what they were, as one edit that can be undone. */
  'versions.restore': method(byId, z.object({ description: z.string(), plan: restorePlanSchema })),
  /**
   * Freezes the photos as they are. `isNew` false: an equal version is there already; a note is then
   * added to what it says.
   */
  'versions.freeze': method(
    z.object({ note: noteSchema.default('') }),
    z.object({ versionId: versionIdSchema, isNew: z.boolean() }),
  ),
  'versions.setNote': method(byId.extend({ note: noteSchema }), nothing),
};

export const versionsEvents = {
  /** A version was frozen, or what is said about one changed. */
  'versions.changed': nothing,
};
