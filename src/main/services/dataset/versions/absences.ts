import type { Absence } from '../../../../shared/domain/dataset-version';
import type { PhotoId } from '../../../../shared/domain/photo';
import type { Database } from '../../../platform/database/database';

/** Why photos can not be trained on now; what a person did comes before what became of a file. */
export function readAbsences(
  database: Database,
  photoIds: readonly PhotoId[],
): Map<PhotoId, Absence> {
  const rows = database.all<{ id: PhotoId; absence: Absence }>(
    `SELECT value AS id, CASE
       WHEN photos.id IS NULL THEN 'gone'
       WHEN excluded = 1 THEN 'excluded'
       WHEN conflict IS NOT NULL THEN 'unsettled'
       WHEN label_id IS NULL OR split IS NULL THEN 'unlabeled'
       ELSE 'missing'
     END AS absence
     FROM json_each(?) LEFT JOIN photos ON photos.id = value`,
    [JSON.stringify(photoIds)],
  );
  return new Map(rows.map(({ id, absence }) => [id, absence]));
}
