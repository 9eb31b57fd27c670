import { renameSync, rmSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Database } from './database';
import { migrate, projectNewer } from './migrate';
import { openDatabase } from './open-database';
import { allRows, firstRow, readUserVersion } from './rows';
import { explainSqliteError, projectDamaged } from './sqlite-error';

/**
 * Makes a project's database, filled by `fill`, and leaves it closed. It is made in memory and
 * appears under its name only when complete: a crash leaves no half-made project behind.
 */
export function createProjectDatabase(
  file: string,
  migrations: readonly string[],
  fill: (database: Database) => void,
): void {
  const partial = `${file}.partial`;
  const database = openDatabase(':memory:', file);
  try {
    migrate(database, migrations);
    database.transaction(() => fill(database));
    rmSync(partial, { force: true });
    database.run('VACUUM INTO ?', [partial]);
  } finally {
    database.close();
  }
  renameSync(partial, file);
}

/**
 * Opens the database of an existing project and brings it to the newest version.
 * @throws AppError 'project-newer' or 'project-damaged', before anything is written.
 */
export function openProjectDatabase(file: string, migrations: readonly string[]): Database {
  inspectProjectDatabase(file, migrations);
  const database = openDatabase(file);
  try {
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Makes sure that a file is a project's whole database of a format that is known. Reads only, and
 * leaves no trace: turning on WAL is already a write.
 * @throws AppError 'project-newer', 'project-damaged'.
 */
export function inspectProjectDatabase(file: string, migrations: readonly string[]): void {
  let connection: InstanceType<typeof DatabaseSync> | undefined;
  try {
    connection = new DatabaseSync(asItLies(file), { readOnly: true });
    const version = readUserVersion(connection);
    if (version > migrations.length) throw projectNewer(version, migrations.length);
    const check = firstRow<{ quick_check: string }>(connection.prepare('PRAGMA quick_check(1)'));
    const present = tableNames(connection);
    const expected = expectedTables(migrations.slice(0, version));
    const complete = version > 0 && expected.every((table) => present.includes(table));
    if (check?.quick_check !== 'ok' || !complete) throw projectDamaged(file);
  } catch (error) {
    throw explainSqliteError(error, file);
  } finally {
    connection?.close();
  }
}

/**
 * The address to open a database by that is only to be read. Even reading a database in WAL mode makes files beside it, unless SQLite is told that nobody
 * changes it; that is so when no log is left over: who has it open writes there first.
 */
export function asItLies(file: string): string {
  const { size = 0 } = statSync(`${file}-wal`, { throwIfNoEntry: false }) ?? {};
  if (size > 0) return file;
  const address = pathToFileURL(file);
  address.searchParams.set('immutable', '1');
  return address.href;
}

function expectedTables(applied: readonly string[]): string[] {
  const blank = new DatabaseSync(':memory:');
  try {
    applied.forEach((step) => blank.exec(step));
    return tableNames(blank);
  } finally {
    blank.close();
  }
}

function tableNames(connection: InstanceType<typeof DatabaseSync>): string[] {
  const select = connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'");
  return allRows<{ name: string }>(select).map((row) => row.name);
}
