import { z } from 'zod';
import { modelIdSchema } from './model';

/** Where all suggestions of a project come from. */
export const suggestionSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('model'), modelId: modelIdSchema, name: z.string() }),
  /** `labeled`: how many photos the nearest were looked for among. */
  z.object({ kind: z.literal('neighbors'), labeled: z.int().nonnegative() }),
  z.object({
    kind: z.literal('none'),
    /** `labels`: fewer than two labels have photos. `features`: too few photos are prepared yet. */
    reason: z.enum(['labels', 'features']),
  }),
]);
export type SuggestionSource = z.infer<typeof suggestionSourceSchema>;
