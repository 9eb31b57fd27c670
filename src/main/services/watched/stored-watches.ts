import { z } from 'zod';
import { watchedFolderSchema } from '../../../shared/api/watched-api';
import type { Database } from '../../platform/database/database';

const key = 'watched.folders';

const storedSchema = watchedFolderSchema
  .pick({ id: true, folder: true, lastImport: true })
  .extend({ paused: z.boolean() });
export type StoredWatch = z.infer<typeof storedSchema>;

/** Folders that are watched whenever the project is open. */
export function readWatches(database: Database): StoredWatch[] {
  const row = database.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', [key]);
  return row ? z.array(storedSchema).parse(JSON.parse(row.value)) : [];
}

export function writeWatches(database: Database, watches: readonly StoredWatch[]): void {
  database.run('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)', [
    key,
    JSON.stringify(watches),
  ]);
}
