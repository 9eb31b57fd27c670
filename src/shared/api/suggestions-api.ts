import { z } from 'zod';
import { photoFilterSchema } from '../domain/photo-filter';
import { suggestionSourceSchema } from '../domain/suggestion-source';
import { method } from './define';

const nothing = z.object({});
/** Probability of a suggestion, 0..1. */
const thresholdSchema = z.number().min(0).max(1);

export const suggestionsStateSchema = z.object({
  source: suggestionSourceSchema,
  /** Photos, labeled or not, of which it is known what the studio would call them. */
  answered: z.int().nonnegative(),
  /** They are being worked out anew, or will be in a moment. */
  computing: z.boolean(),
  /** Why they could not be worked out the last time, in a sentence. */
  problem: z.string().optional(),
  /** Photos that accepting would label, for each of the thresholds asked for. */
  counts: z.array(z.object({ threshold: thresholdSchema, photos: z.int().nonnegative() })),
});
export type SuggestionsState = z.infer<typeof suggestionsStateSchema>;

export const suggestionsApi = {
  'suggestions.state': method(
    z.object({
      /** Whose photos are counted: only those without a label, and not left out, are. */
      filter: photoFilterSchema.default({}),
      thresholds: z.array(thresholdSchema).max(20).default([0.5, 0.7, 0.8, 0.9, 0.95, 0.99]),
    }),
    suggestionsStateSchema,
  ),
  /** Prepares photos that are not prepared yet, and works out all that is not known yet. */
  'suggestions.compute': method(nothing, nothing),
  /**
   * Gives photos the label suggested for them, as one edit: those that match, have no label, are
   * not left out, and whose suggestion has at least this probability.
   */
  'suggestions.accept': method(
    z.object({ filter: photoFilterSchema.default({}), threshold: thresholdSchema }),
    z.object({ description: z.string(), photos: z.int().positive() }),
  ),
};

export const suggestionsEvents = {
  /** Suggestions, or what `suggestions.state` says of them, may be others now. */
  /** `answers`: photos may have other suggestions now, and not only what is said about them. */
  'suggestions.changed': z.object({ answers: z.boolean() }),
};
