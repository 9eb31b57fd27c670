import type { PhotoFormat, PhotoId } from '../../../shared/domain/photo';
import type { Split } from '../../../shared/domain/split';
import { blobPath } from '../../platform/blob-store';
import type { PhotoSource } from '../../workers/tasks';
import type { ProjectContext } from '../ports';

/** All that an export needs to know of a photo. */
export interface PhotoRecord extends PhotoSource {
  fileName: string;
  format: PhotoFormat;
  width: number;
  height: number;
  bytes: number;
  labelId?: number;
  split?: Split;
  excluded: boolean;
  missing: boolean;
  conflict: boolean;
}

interface Row {
  photoId: number;
  sha256: string;
  fileName: string;
  sourcePath: string | null;
  format: PhotoFormat;
  width: number;
  height: number;
  bytes: number;
  labelId: number | null;
  split: Split | null;
  excluded: number;
  missing: number;
  conflict: number;
}

/** In the order of the ids; those that do not exist are left out. */
export function readPhotoRecords(
  { database, blobsFolder }: Pick<ProjectContext, 'database' | 'blobsFolder'>,
  ids: readonly PhotoId[],
): PhotoRecord[] {
  const rows = database.all<Row>(
    `SELECT photos.id AS photoId, sha256, file_name AS fileName, source_path AS sourcePath, format,
       width, height, bytes, label_id AS labelId, split, excluded, missing,
       conflict IS NOT NULL AS conflict
     FROM json_each(?) AS wanted JOIN photos ON photos.id = wanted.value ORDER BY wanted.key`,
    [JSON.stringify(ids)],
  );
  return rows.map(({ sourcePath, labelId, split, excluded, missing, conflict, ...row }) => ({
    ...row,
    path: sourcePath ?? blobPath(blobsFolder, row.sha256),
    ...(labelId === null ? {} : { labelId }),
    ...(labelId === null || split === null ? {} : { split }),
    excluded: excluded === 1,
    missing: missing === 1,
    conflict: conflict === 1,
  }));
}
