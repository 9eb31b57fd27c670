import { DatabaseSync } from '@photostructure/sqlite';
import type { Split } from '../../../shared/domain/split';
import { migrations } from './migrations';
import { asItLies, inspectProjectDatabase } from './open-project-database';
import { allRows } from './rows';
import { explainSqliteError } from './sqlite-error';

/** A photo of a project that is not the open one. */
export interface ProjectPhoto {
  sha256: string;
  fileName: string;
  /** Absent when the project stores the bytes. */
  sourcePath?: string;
  label?: string;
  split?: Split;
  excluded: boolean;
}

interface Row {
  sha256: string;
  file_name: string;
  source_path: string | null;
  label: string | null;
  split: Split | null;
  excluded: number;
}

/**
 * All photos of a project by a database that is only read: neither its lock nor anything else of it
 * changes, whoever has it open. Reads only columns that every format has had.
 * @throws AppError 'project-newer', 'project-damaged', 'busy'.
 */
export function readProjectPhotos(file: string): ProjectPhoto[] {
  inspectProjectDatabase(file, migrations);
  let connection: InstanceType<typeof DatabaseSync> | undefined;
  try {
    connection = new DatabaseSync(asItLies(file), { readOnly: true, timeout: 5000 });
    const rows = allRows<Row>(
      connection.prepare(
        `SELECT sha256, file_name, source_path, labels.name AS label, split, excluded
         FROM photos LEFT JOIN labels ON labels.id = label_id ORDER BY photos.id`,
      ),
    );
    return rows.map((row) => ({
      sha256: row.sha256,
      fileName: row.file_name,
      ...(row.source_path === null ? {} : { sourcePath: row.source_path }),
      ...(row.label === null ? {} : { label: row.label }),
      ...(row.split === null || row.label === null ? {} : { split: row.split }),
      excluded: row.excluded === 1,
    }));
  } catch (error) {
    throw explainSqliteError(error, file);
  } finally {
    connection?.close();
  }
}
