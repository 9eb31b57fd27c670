import { z } from 'zod';
import { labelIdSchema } from './label';

/**
 * What the studio would call a photo. `probability` is 0..1: by a model its softmax, before any
 * model the share of the nearest labeled photos' votes. Neither is calibrated: of suggestions at
 * 0.9 more or fewer than nine of ten may be right.
 */
export const suggestionSchema = z.object({
  labelId: labelIdSchema,
  probability: z.number().min(0).max(1),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

/** Labeled photos that vote on a photo, before there is a model. */
export const votingNeighbors = 10;
