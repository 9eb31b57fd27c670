import type { SlicedPhoto } from '../../../shared/domain/slices';
import type { Database } from '../../platform/database/database';

/** What the project knows of photos that were compared; those that are gone are missing. */
export function readSlicedPhotos(
  database: Database,
  photoIds: readonly number[],
): Map<number, SlicedPhoto> {
  const rows = database.all<{ id: number } & SlicedPhoto>(
    `SELECT photos.id, imports.started_at AS import, coalesce(substr(taken_at, 1, 10), '') AS day,
       coalesce(camera, '') AS camera, brightness, sharpness
     FROM photos JOIN imports ON imports.id = photos.import_id
     WHERE photos.id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(photoIds)],
  );
  return new Map(rows.map(({ id, ...photo }) => [id, photo]));
}
