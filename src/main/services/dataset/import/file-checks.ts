import { sep } from 'node:path';
import type { PhotoId } from '../../../../shared/domain/photo';
import { statFiles } from '../../../platform/stat-files';
import type { Dataset, Jobs, ProjectContext } from '../../ports';
import { type ImportParameters, importTitle } from './import-job';
import type { MissingCheck } from './missing-check';

export interface FileChecksOptions {
  context: Pick<ProjectContext, 'database'>;
  jobs: Jobs;
  missing: MissingCheck;
}

interface SeenFile {
  path: string;
  photoId: PhotoId;
  bytes: number;
  modifiedMs: number;
  missing: number;
}

/** What who watches folders asks about their files. */
export function createFileChecks({
  context: { database },
  jobs,
  missing,
}: FileChecksOptions): Pick<Dataset, 'importFiles' | 'unseenFiles' | 'checkFiles'> {
  return {
    importFiles(folder, paths) {
      const parameters: ImportParameters = {
        paths: [...paths],
        uploads: [],
        copy: false,
        labels: 'folders',
        within: folder,
      };
      return jobs.start('import', importTitle(parameters), parameters);
    },
    async unseenFiles(paths) {
      const rows = database.all<SeenFile>(
        `SELECT path, photo_id AS photoId, origins.bytes, modified_ms AS modifiedMs, missing
         FROM photo_origins AS origins JOIN photos ON photos.id = photo_id
         WHERE path IN (SELECT value FROM json_each(?))`,
        [JSON.stringify(paths)],
      );
      const seen = new Map(rows.map((row) => [row.path, row]));
      const stamps = await statFiles(paths);
      const back: PhotoId[] = [];
      const unseen = paths.filter((path, index) => {
        const [known, stamp] = [seen.get(path), stamps[index]];
        if (!stamp) return false;
        const isSame = known?.bytes === stamp.bytes && known.modifiedMs === stamp.modifiedMs;
        if (isSame && known.missing) back.push(known.photoId);
        return !isSame;
      });
      if (back.length > 0) await missing.check(back);
      return unseen;
    },
    async checkFiles(where) {
      const rows =
        'below' in where
          ? database.all<{ id: PhotoId }>(
              'SELECT id FROM photos WHERE substr(source_path, 1, ?) = ?',
              [where.below.length + 1, where.below + sep],
            )
          : database.all<{ id: PhotoId }>(
              'SELECT id FROM photos WHERE source_path IN (SELECT value FROM json_each(?))',
              [JSON.stringify(where.paths)],
            );
      if (rows.length > 0) await missing.check(rows.map(({ id }) => id));
    },
  };
}
