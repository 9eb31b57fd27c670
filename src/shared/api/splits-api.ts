import { z } from 'zod';
import { jobIdSchema } from '../domain/job';
import { labelIdSchema } from '../domain/label';
import { leakWorthSchema } from '../domain/leak-worth';
import { splitRatioSchema, splitSourceSchema } from '../domain/split';
import { method } from './define';

const nothing = z.object({});
const edited = z.object({ description: z.string() });

export const splitStateSchema = z.object({
  ratio: splitRatioSchema,
  seed: z.int(),
  /** What stays together besides copies. */
  by: splitSourceSchema,
  /** Since when nobody joins or leaves the test set; absent: it is open. */
  lockedAt: z.iso.datetime().optional(),
  /** Groups of near duplicates and bursts. */
  groups: z.int().nonnegative(),
  /** Of these, groups with photos in more than one split. */
  straddling: z.int().nonnegative(),
  /** Labeled photos without a split: copies of photos in the locked test set. */
  heldOut: z.int().nonnegative(),
  /** Labels that have photos, and none of them in the test set. */
  withoutTest: z.array(labelIdSchema),
});
export type SplitState = z.infer<typeof splitStateSchema>;

export const splitsApi = {
  'splits.state': method(nothing, splitStateSchema),
  /** Splits all labeled photos anew by this ratio, seed and source. Can be undone. */
  'splits.splitAnew': method(
    z.object({
      ratio: splitRatioSchema,
      seed: z.int().nonnegative().default(1),
      /** Default: what stays together now. */
      by: splitSourceSchema.optional(),
    }),
    edited,
  ),
  /** Locked, no import, label or split anew changes who is in the test set. Can be undone. */
  'splits.lockTest': method(z.object({ locked: z.boolean() }), edited),
  /** Brings each group that straddles into one split. Can be undone. */
  'splits.keepTogether': method(nothing, edited),
};

export const leakApi = {
  /** Measures what splitting photo by photo would have been worth. */
  'leak.measure': method(nothing, z.object({ jobId: jobIdSchema })),
  /** The newest measurement; absent: there was none. */
  'leak.worth': method(nothing, z.object({ worth: leakWorthSchema.optional() })),
};

export const leakEvents = {
  /** A measurement was stored. */
  'leak.changed': nothing,
};
