import { z } from 'zod';
import { photoIdSchema } from '../domain/photo';
import { method } from './define';

export const similarPhotosSchema = z.object({
  /** Nearest first; `similarity` is the cosine of the features, -1..1. */
  photos: z.array(z.object({ photoId: photoIdSchema, similarity: z.number() })),
  /**
   * `exact`: whole features of all photos were compared. `approximate`: all were compared by
   * shortened features, and the nearest of them by whole ones.
   */
  method: z.enum(['exact', 'approximate']),
  /** Photos that were compared; those whose features are not there yet are not. */
  of: z.int().nonnegative(),
});
export type SimilarPhotos = z.infer<typeof similarPhotosSchema>;

export const similarityApi = {
  /** Photos that look like these, which are left out themselves. */
  'similarity.findSimilar': method(
    z.object({
      photoIds: z.array(photoIdSchema).min(1).max(1000),
      limit: z.int().min(1).max(1000).default(200),
    }),
    similarPhotosSchema,
  ),
};
