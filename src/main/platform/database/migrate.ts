import { AppError } from '../../../shared/api/errors';
import type { Database } from './database';

/**
 * Brings a database to the newest version, one transaction a step: a crash leaves it at the last
 * step that was completed.
 * @throws AppError 'project-newer' when it is ahead of `migrations`.
 */
export function migrate(database: Database, migrations: readonly string[]): void {
  const version = readVersion(database);
  if (version > migrations.length) throw projectNewer(version, migrations.length);
  migrations.forEach((step, index) => {
    if (index < version) return;
    database.transaction(() => {
      database.execute(step);
      database.execute(`PRAGMA user_version = ${index + 1}`);
    });
  });
}

export function readVersion(database: Pick<Database, 'get'>): number {
  return database.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
}

export function projectNewer(version: number, known: number): AppError {
  return new AppError(
    'project-newer',
    `This project was written by a newer Pocketlens Studio (format ${version}; this one knows ${known}).`,
    'Update Pocketlens Studio to open it. The project was not changed.',
  );
}
