import type { z } from 'zod';
import type { Database } from './database';

/** One value of a project that has a row of `settings` to itself; undefined where there is none. */
export function readStored<Schema extends z.ZodType>(
  database: Database,
  key: string,
  schema: Schema,
): z.output<Schema> | undefined {
  const row = database.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', [key]);
  return row && schema.parse(JSON.parse(row.value));
}

/** Takes the place of the value that was there. */
export function writeStored(database: Database, key: string, value: object): void {
  database.run('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)', [
    key,
    JSON.stringify(value),
  ]);
}
