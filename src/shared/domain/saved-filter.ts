import { z } from 'zod';
import { photoFilterSchema } from './photo-filter';

/** A filter that is kept under a name. What was picked by hand cannot be: it is no filter. */
export const savedFilterSchema = z.object({
  name: z.string().trim().min(1, 'A filter needs a name').max(60),
  filter: photoFilterSchema
    .omit({ photoIds: true })
    .refine((filter) => Object.keys(filter).length > 0, {
      message: 'This filter lets every photo pass',
    }),
});
export type SavedFilter = z.infer<typeof savedFilterSchema>;
