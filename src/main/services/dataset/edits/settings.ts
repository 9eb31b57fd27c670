import type { Database } from '../../../platform/database/database';

/** A project setting (a row of `settings`) as it was and is; absent: there was none. */
export interface SettingChange {
  key: string;
  before?: string;
  after?: string;
}

export function readSetting(database: Database, key: string): string | undefined {
  return database.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', [key])?.value;
}

/** Writes a setting, or with undefined takes it away, and tells what changed: nothing or one. */
export function changeSetting(
  database: Database,
  key: string,
  after: string | undefined,
): SettingChange[] {
  const before = readSetting(database, key);
  if (before === after) return [];
  const change = { key, before, after };
  applySettingChanges(database, [change], 'after');
  return [change];
}

export function applySettingChanges(
  database: Database,
  changes: readonly SettingChange[],
  to: 'before' | 'after',
): void {
  for (const change of changes) {
    const value = change[to];
    if (value === undefined) database.run('DELETE FROM settings WHERE key = ?', [change.key]);
    else {
      database.run('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)', [
        change.key,
        value,
      ]);
    }
  }
}
