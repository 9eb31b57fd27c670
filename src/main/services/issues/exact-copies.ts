import type { Database } from '../../platform/database/database';

/**
 * Photos whose very bytes were found in more than one place. They are one photo here, so there is
 * nothing to choose between; but somebody who counts files should know.
 */
export function findExactCopies(database: Database) {
  return database
    .all<{ photoId: number; labelId: number; places: number }>(
      `SELECT photos.id AS photoId, coalesce(photos.label_id, 0) AS labelId, count(*) AS places
       FROM photo_origins JOIN photos ON photos.id = photo_id
       WHERE excluded = 0 GROUP BY photo_id HAVING count(*) > 1`,
    )
    .map(({ photoId, labelId, places }) => ({
      kind: 'exact-duplicate' as const,
      photoId,
      groupId: null,
      score: places,
      labelId,
      suggested: null,
      detail: JSON.stringify({ places }),
    }));
}
