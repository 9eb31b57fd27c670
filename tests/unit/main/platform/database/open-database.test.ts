import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '@main/platform/database/database';
import { openDatabase } from '@main/platform/database/open-database';
import { AppError } from '@shared/api/errors';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
let database: Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pocketlens-database-'));
  database = openDatabase(join(folder, 'test.sqlite'));
  database.execute('CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE, data BLOB)');
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const names = () =>
  database.all<{ name: string }>('SELECT name FROM things ORDER BY id').map((row) => row.name);
const insert = (name: string) => database.run('INSERT INTO things (name) VALUES (?)', [name]);

test('uses WAL, foreign keys and full syncing', () => {
  expect(database.get('PRAGMA journal_mode')).toMatchObject({ journal_mode: 'wal' });
  expect(database.get('PRAGMA foreign_keys')).toMatchObject({ foreign_keys: 1 });
  expect(database.get('PRAGMA synchronous')).toMatchObject({ synchronous: 2 });
});

test('binds positional and named parameters, of every type', () => {
  const data = Uint8Array.of(1, 2, 255);
  expect(database.run('INSERT INTO things (name, data) VALUES (?, ?)', ['ä', data])).toEqual({
    changes: 1,
    lastId: 1,
  });
  const row = database.get<{ data: Uint8Array }>('SELECT data FROM things WHERE name = :name', {
    name: 'ä',
  });
  expect(row?.data).toEqual(data);
  expect(database.get('SELECT 1 FROM things WHERE name = ?', ['b'])).toBeUndefined();
});

test('a failed transaction leaves nothing, a completed one everything', () => {
  expect(() =>
    database.transaction(() => {
      insert('a');
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(names()).toEqual([]);
  expect(database.transaction(() => insert('b').changes)).toBe(1);
  expect(names()).toEqual(['b']);
});

test('a nested transaction joins the outer one', () => {
  expect(() =>
    database.transaction(() => {
      database.transaction(() => insert('inner'));
      throw new Error('outer');
    }),
  ).toThrow('outer');
  expect(names()).toEqual([]);
});

test('a nested transaction that fails takes back only its own part', () => {
  database.transaction(() => {
    insert('outer');
    expect(() =>
      database.transaction(() => {
        insert('inner');
        insert('outer');
      }),
    ).toThrow(/UNIQUE/);
    insert('after');
  });
  expect(names()).toEqual(['outer', 'after']);
});

test('refuses asynchronous work in a transaction and takes it back', () => {
  expect(() =>
    database.transaction(async () => {
      insert('a');
      await Promise.resolve();
    }),
  ).toThrow(/can not wait/);
  expect(names()).toEqual([]);
});

test('keeps working with far more different statements than it keeps prepared', () => {
  for (let i = 0; i < 600; i++) database.get(`SELECT ${i} AS value`);
  expect(database.get('SELECT 0 AS value')).toMatchObject({ value: 0 });
});

test('a second connection waits for its turn and is told when it takes too long', () => {
  const other = openDatabase(join(folder, 'test.sqlite'));
  try {
    other.execute('PRAGMA busy_timeout = 10');
    database.transaction(() => {
      expect(() => other.run("INSERT INTO things (name) VALUES ('x')")).toThrow(
        expect.objectContaining({ code: 'busy' }),
      );
    });
  } finally {
    other.close();
  }
});

test('a folder that is not there is named as not writable', () => {
  const open = () => openDatabase(join(folder, 'missing', 'test.sqlite'));
  expect(open).toThrow(AppError);
  expect(open).toThrow(expect.objectContaining({ code: 'not-writable' }));
});
