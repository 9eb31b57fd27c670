import { randomUUID } from 'node:crypto';
import type { ImportProblem, ImportReport } from '../../../../shared/api/dataset-api';
import { AppError } from '../../../../shared/api/errors';
import type { Database } from '../../../platform/database/database';

export type ImportCounts = Pick<ImportReport, 'added' | 'known' | 'conflicts' | 'ignored'>;

interface ImportRow extends ImportCounts {
  id: string;
  started_at: string;
}

export function beginImport(database: Database, startedAt: Date): string {
  const id = randomUUID();
  database.run('INSERT INTO imports (id, started_at) VALUES (?, ?)', [id, startedAt.toISOString()]);
  return id;
}

export function saveImportCounts(database: Database, id: string, counts: ImportCounts): void {
  database.run('UPDATE imports SET added = ?, known = ?, conflicts = ?, ignored = ? WHERE id = ?', [
    counts.added,
    counts.known,
    counts.conflicts,
    counts.ignored,
    id,
  ]);
}

export function saveImportProblem(database: Database, id: string, problem: ImportProblem): void {
  database.run(
    'INSERT INTO import_problems (import_id, path, reason, message) VALUES (?, ?, ?, ?)',
    [id, problem.path, problem.reason, problem.message],
  );
}

/**
 * What an import did, the newest when no id is given; undefined when nothing was ever imported.
 * @throws AppError 'not-found' for an id that no import has.
 */
export function readImportReport(database: Database, id?: string): ImportReport | undefined {
  const row = id
    ? database.get<ImportRow>('SELECT * FROM imports WHERE id = ?', [id])
    : database.get<ImportRow>('SELECT * FROM imports ORDER BY started_at DESC, rowid DESC LIMIT 1');
  if (!row && id) throw new AppError('not-found', 'There is no such import in the project.');
  if (!row) return undefined;
  const { started_at, added, known, conflicts, ignored } = row;
  const problems = database.all<ImportProblem>(
    'SELECT path, reason, message FROM import_problems WHERE import_id = ? ORDER BY rowid',
    [row.id],
  );
  return { importId: row.id, startedAt: started_at, added, known, conflicts, ignored, problems };
}
