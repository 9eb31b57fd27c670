import type { Database } from '../../../platform/database/database';
import type { FileStamp } from '../../../platform/stat-files';
import { foldName } from '../label-repository';

export interface PhotoOrigin extends FileStamp {
  path: string;
  photoId: number;
}

/**
 * Every place where a photo's bytes were seen, and the label that place stood for. Lets an import
 * skip what it has seen, and keeps it from asking again about a label that a person has answered.
 */
export class PhotoOrigins {
  constructor(private readonly database: Database) {}

  /** Those of the paths that were seen before, with how the photo's bytes are kept. */
  at(paths: readonly string[]): Map<string, PhotoOrigin & { stored: boolean }> {
    const rows = this.database.all<PhotoOrigin & { stored: number }>(
      `SELECT path, photo_id AS photoId, origins.bytes, modified_ms AS modifiedMs,
         source_path IS NULL AND missing = 0 AS stored
       FROM photo_origins AS origins JOIN photos ON photos.id = photo_id
       WHERE path IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(paths)],
    );
    return new Map(rows.map((row) => [row.path, { ...row, stored: row.stored === 1 }]));
  }

  /** Labels under which the photo was seen, as they were named then. */
  labelsOf(photoId: number): string[] {
    return this.database
      .all<{ label: string }>(
        "SELECT DISTINCT label FROM photo_origins WHERE photo_id = ? AND label <> '' ORDER BY label",
        [photoId],
      )
      .map((row) => row.label);
  }

  hasLabel(photoId: number, label: string): boolean {
    return this.labelsOf(photoId).some((seen) => foldName(seen) === foldName(label));
  }

  remember(origin: PhotoOrigin, label: string | undefined): void {
    this.database.run(
      `INSERT OR REPLACE INTO photo_origins (path, photo_id, label, bytes, modified_ms)
       VALUES (?, ?, ?, ?, ?)`,
      [origin.path, origin.photoId, label ?? '', origin.bytes, origin.modifiedMs],
    );
  }
}
