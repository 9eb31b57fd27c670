import { z } from 'zod';
import { jobIdSchema } from '../domain/job';
import { photoIdSchema } from '../domain/photo';
import { method } from './define';

const nothing = z.object({});
/** By `packNumbers`. */
const packed = z.string();

export const mapStateSchema = z.object({
  /** Absent: no map was drawn yet. */
  drawnAt: z.iso.datetime().optional(),
  /** Counts maps: another number, and all points have moved. */
  layout: z.int().nonnegative(),
  /** Photos that the map was drawn of. */
  photos: z.int().nonnegative(),
  /** Photos that are not left out and not on it. */
  notOnIt: z.int().nonnegative(),
  /** The features it was drawn from are no longer those in use: a model with another backbone came. */
  outdated: z.boolean(),
  /** Name of the backbone whose features it was drawn from. */
  backbone: z.string().optional(),
  /** `approximate`: some neighbors may have been missed. */
  neighbors: z.enum(['exact', 'approximate']).optional(),
});
export type MapState = z.infer<typeof mapStateSchema>;

/** What a suggestion says about a label, by number. */
export const agreements = { unknown: 0, agrees: 1, disagrees: 2 } as const;

export const mapApi = {
  /** Lays all photos out anew. */
  'map.compute': method(nothing, z.object({ jobId: jobIdSchema })),
  'map.state': method(nothing, mapStateSchema),
  /** Where photos lie, ascending by id: positions x, y by turns, -1..1. */
  'map.points': method(
    nothing,
    z.object({ layout: z.int().nonnegative(), photoIds: packed, positions: packed }),
  ),
  /** What the points are colored by, in the order of `map.points` or of the photos asked for. */
  'map.facts': method(
    z.object({ photoIds: z.array(photoIdSchema).max(1000).optional() }),
    z.object({
      layout: z.int().nonnegative(),
      /** Ids of labels as uint32; 0 for none. */
      labels: packed,
      /** As bytes: 0 none, 1 train, 2 validation, 3 test. */
      splits: packed,
      /** Ids of suggested labels as uint32; 0 for none. */
      suggestions: packed,
      /** As bytes, see `agreements`. */
      agreements: packed,
      /** As bytes: 1 for what is left out or gone. */
      hidden: packed,
    }),
  ),
};

export const mapEvents = {
  /** A map was drawn. */
  'map.changed': nothing,
};
