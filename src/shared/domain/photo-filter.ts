import { z } from 'zod';
import { issueKindSchema } from './issue';
import { labelIdSchema } from './label';
import { photoIdSchema } from './photo';
import { splitSchema } from './split';

/** Both ends included; a missing end is open. */
function rangeOf<Value extends z.ZodType>(value: Value) {
  return z
    .object({ min: value.optional(), max: value.optional() })
    .refine(({ min, max }) => min !== undefined || max !== undefined, 'A range has an end');
}

/** `YYYY-MM-DD`, a day where the photo was taken. */
export const daySchema = z.iso.date();

/** Which photos to list. All given conditions must hold. */
export const photoFilterSchema = z.object({
  labelIds: z.array(labelIdSchema).optional(),
  unlabeled: z.boolean().optional(),
  split: splitSchema.optional(),
  /** Default: excluded photos are listed with the others. */
  excluded: z.boolean().optional(),
  missing: z.boolean().optional(),
  conflict: z.boolean().optional(),
  /** In a group of near duplicates, as the newest analysis found them. */
  duplicate: z.boolean().optional(),
  /** Group of similar photos of the newest analysis. */
  cluster: z.int().nonnegative().optional(),
  /** With an open issue of this kind. */
  issue: issueKindSchema.optional(),
  importId: z.string().min(1).max(100).optional(),
  /** Part of the path of a folder it was imported from, case-insensitive. */
  folder: z.string().min(1).max(400).optional(),
  /** The camera's whole name, case-insensitive. */
  camera: z.string().min(1).max(200).optional(),
  /** Pixels of the shorter side. */
  side: rangeOf(z.int().nonnegative()).optional(),
  /** Size of the file. */
  bytes: rangeOf(z.int().nonnegative()).optional(),
  taken: rangeOf(daySchema).optional(),
  /** Whether what the studio would call it is its label; photos without either are neither. */
  answer: z.enum(['right', 'wrong']).optional(),
  /** What the studio would call it. */
  suggestedIds: z.array(labelIdSchema).optional(),
  /** Probability of what the studio would call it, 0..1. */
  confidence: rangeOf(z.number().min(0).max(1)).optional(),
  /** These only, as picked by hand. Never part of a filter's text. */
  photoIds: z.array(photoIdSchema).max(1_000_000).optional(),
  /** Part of the file name, case-insensitive. */
  text: z.string().max(200).optional(),
});
export type PhotoFilter = z.infer<typeof photoFilterSchema>;

/**
 * As they were added; by name; by the time taken; from blurred to sharp; from the answer that was
 * closest to another; from the label that a classifier trained without it believes least. Photos
 * that lack the value come last.
 */
export const photoOrders = [
  'imported',
  'name',
  'taken',
  'sharpness',
  'uncertainty',
  'disagreement',
] as const;
export const photoOrderSchema = z.enum(photoOrders);
export type PhotoOrder = z.infer<typeof photoOrderSchema>;

export const photoGroupings = ['none', 'label', 'cluster', 'day', 'import'] as const;
export const photoGroupingSchema = z.enum(photoGroupings);
export type PhotoGrouping = z.infer<typeof photoGroupingSchema>;

/** Which photos are listed and in which order: groups first, then `order` inside each. */
export const photoListSchema = z.object({
  filter: photoFilterSchema.default({}),
  order: photoOrderSchema.default('imported'),
  /** The other way around; what lacks the value stays last. */
  descending: z.boolean().default(false),
  group: photoGroupingSchema.default('none'),
});
export type PhotoList = z.infer<typeof photoListSchema>;

/** Photos that stand together in a list, with what its title is made of. */
export const photoGroupSchema = z.object({
  /** Of the grouping's own kind; '' for photos without one, which come last. */
  key: z.string(),
  count: z.int().positive(),
  labelId: labelIdSchema.optional(),
  cluster: z.int().optional(),
  day: z.string().optional(),
  importedAt: z.string().optional(),
});
export type PhotoGroup = z.infer<typeof photoGroupSchema>;
