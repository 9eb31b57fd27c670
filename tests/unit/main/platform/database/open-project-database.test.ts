import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@main/platform/database/migrate';
import { migrations } from '@main/platform/database/migrations';
import { openDatabase } from '@main/platform/database/open-database';
import {
  createProjectDatabase,
  openProjectDatabase,
} from '@main/platform/database/open-project-database';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pocketlens-project-database-'));
  file = join(folder, 'project.sqlite');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const refusal = (code: string) => expect.objectContaining({ name: 'AppError', code });

test('a new project has its content and no trace of its making', () => {
  createProjectDatabase(file, migrations, (database) => {
    database.run("INSERT INTO settings VALUES ('name', 'Fruit')");
  });
  expect(readdirSync(folder)).toEqual(['project.sqlite']);
  const database = openProjectDatabase(file, migrations);
  expect(database.get("SELECT value FROM settings WHERE key = 'name'")).toMatchObject({
    value: 'Fruit',
  });
  expect(database.get('PRAGMA user_version')).toMatchObject({ user_version: migrations.length });
  database.close();
});

test('leftovers of a creation that crashed are no hindrance', () => {
  writeFileSync(`${file}.partial`, 'half');
  createProjectDatabase(file, migrations, () => undefined);
  openProjectDatabase(file, migrations).close();
});

describe('migration', () => {
  const first = 'CREATE TABLE a (x INTEGER)';
  const second = 'CREATE TABLE b (x INTEGER); INSERT INTO b SELECT x + 1 FROM a';

  test('applies the steps that are missing, once', () => {
    createProjectDatabase(file, [first], (db) => db.run('INSERT INTO a VALUES (41)'));
    openProjectDatabase(file, [first, second]).close();
    const database = openProjectDatabase(file, [first, second]);
    expect(database.all<{ x: number }>('SELECT x FROM b').map((row) => row.x)).toEqual([42]);
    database.close();
  });

  test('a step that fails is taken back and the steps before it stay', () => {
    createProjectDatabase(file, [first], () => undefined);
    const broken = 'CREATE TABLE c (x INTEGER); INSERT INTO nowhere VALUES (1)';
    expect(() => openProjectDatabase(file, [first, second, broken])).toThrow(/nowhere/);
    const database = openProjectDatabase(file, [first, second]);
    expect(database.get("SELECT 1 FROM sqlite_master WHERE name = 'c'")).toBeUndefined();
    database.close();
  });

  test('a newer project is refused and its folder stays as it is', () => {
    createProjectDatabase(file, [...migrations, 'CREATE TABLE future (x)'], () => undefined);
    const before = readFileSync(file);
    expect(() => openProjectDatabase(file, migrations)).toThrow(refusal('project-newer'));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('migrate itself refuses a newer database', () => {
    const database = openDatabase(':memory:');
    database.execute('PRAGMA user_version = 99');
    expect(() => migrate(database, migrations)).toThrow(refusal('project-newer'));
    database.close();
  });
});

describe('a damaged database is refused and left alone', () => {
  const refusedUntouched = () => {
    const before = readFileSync(file);
    expect(() => openProjectDatabase(file, migrations)).toThrow(refusal('project-damaged'));
    expect(readFileSync(file).equals(before)).toBe(true);
  };

  test('text', () => {
    writeFileSync(file, 'This was a database once. '.repeat(500));
    refusedUntouched();
  });

  test('no bytes at all', () => {
    writeFileSync(file, '');
    refusedUntouched();
  });

  test('cut short', () => {
    createProjectDatabase(file, migrations, (database) => {
      const insert = 'INSERT INTO settings VALUES (?, ?)';
      for (let i = 0; i < 2000; i++) database.run(insert, [`key ${i}`, 'x'.repeat(100)]);
    });
    truncateSync(file, 64 * 1024);
    refusedUntouched();
  });

  test('pages overwritten', () => {
    createProjectDatabase(file, migrations, () => undefined);
    openProjectDatabase(file, migrations).close();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4096, 4096 * 3);
    writeFileSync(file, bytes);
    refusedUntouched();
  });

  test('a table is missing', () => {
    createProjectDatabase(file, migrations, (database) => database.execute('DROP TABLE photos'));
    refusedUntouched();
  });
});
