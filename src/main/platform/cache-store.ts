import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync, type StatementSyncInstance } from '@photostructure/sqlite';
import { AppError } from '../../shared/api/errors';
import type { CacheKind } from './cache-kinds';
import { allRows, firstRow, readUserVersion } from './database/rows';
import { isDamaged } from './database/sqlite-error';

/**
 * Bytes by kind and key, shared by the main thread and all workers (SQLite, WAL). Reads and
 * writes are synchronous and safe from several threads at once.
 */
export interface CacheStore {
  get(kind: CacheKind, key: string): Uint8Array | undefined;
  has(kind: CacheKind, key: string): boolean;
  put(kind: CacheKind, key: string, data: Uint8Array): void;
  /** Several puts in one transaction. */
  putAll(entries: readonly CacheEntry[]): void;
  /** Those of `keys` that are not in the cache. */
  missing(kind: CacheKind, keys: readonly string[]): string[];
  close(): void;
}

export interface CacheEntry {
  kind: CacheKind;
  key: string;
  data: Uint8Array;
}

export interface CacheStoreOptions {
  /** Model inputs kept, in bytes; the oldest go first. About 7,000 photos at 224 pixels. */
  inputLimit?: number;
}

export const DEFAULT_INPUT_LIMIT = 1024 ** 3;
/** Dropping goes this far below the limit, so that not every later put has to drop again. */
const KEEP_AFTER_DROP = 0.9;
/** Several workers write; each waits for its turn. */
const BUSY_TIMEOUT_MS = 60_000;
/** Another version of the tables makes the file anew: what is in it can be computed again. */
const FORMAT = 1;

const kinds = [
  'thumbnail',
  'facts',
  'input',
  'features',
  'subspace',
  'projection',
] as const satisfies readonly CacheKind[];

// Photos' raw pixels are 150 KB each: large pages keep them in few pieces.
const layout = 'PRAGMA page_size = 16384; PRAGMA journal_mode = WAL';

/** Also run on a cache that is there: kinds that it does not have yet are added. */
const schema = `
  BEGIN IMMEDIATE;
  ${kinds.map((kind) => `CREATE TABLE IF NOT EXISTS "${kind}" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, data BLOB NOT NULL);`).join('\n')}
  CREATE TABLE IF NOT EXISTS input_total (id INTEGER PRIMARY KEY CHECK (id = 1), bytes INTEGER NOT NULL);
  INSERT OR IGNORE INTO input_total VALUES (1, 0);
  PRAGMA user_version = ${FORMAT};
  COMMIT;
`;

/**
 * Opens or makes a cache. A file that is no cache of this version is moved aside (`.damaged`) and
 * made anew. Writes are not synced: after a power cut the cache may be older, or be made anew.
 */
export function openCacheStore(
  file: string,
  { inputLimit = DEFAULT_INPUT_LIMIT }: CacheStoreOptions = {},
): CacheStore {
  const connection = openConnection(file);
  const statements = prepareAll(connection);
  const inputBytes = connection.prepare('SELECT bytes FROM input_total');
  const addInputBytes = connection.prepare('UPDATE input_total SET bytes = bytes + ?');
  const inputSize = connection.prepare('SELECT length(data) AS bytes FROM input WHERE key = ?');
  const oldestInputs = connection.prepare(
    'SELECT id, length(data) AS bytes FROM input ORDER BY id LIMIT 256',
  );
  const dropInput = connection.prepare('DELETE FROM input WHERE id = ?');

  const guarded = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw isDamaged(error) ? damagedWhileOpen(file, error) : error;
    }
  };

  function store({ kind, key, data }: CacheEntry): void {
    if (kind === 'input') {
      const before = firstRow<Size>(inputSize, key)?.bytes ?? 0;
      addInputBytes.run(data.byteLength - before);
    }
    statements[kind].put.run(key, data);
  }

  function dropOldestInputs(): void {
    let total = firstRow<Size>(inputBytes)?.bytes ?? 0;
    if (total <= inputLimit) return;
    const target = inputLimit * KEEP_AFTER_DROP;
    while (total > target) {
      const rows = allRows<Size & { id: number }>(oldestInputs);
      if (rows.length === 0) break;
      for (const { id, bytes } of rows) {
        if (total <= target) break;
        dropInput.run(id);
        addInputBytes.run(-bytes);
        total -= bytes;
      }
    }
  }

  function putAll(entries: readonly CacheEntry[]): void {
    if (entries.length === 0) return;
    guarded(() => {
      connection.exec('BEGIN IMMEDIATE');
      try {
        entries.forEach(store);
        if (entries.some((entry) => entry.kind === 'input')) dropOldestInputs();
        connection.exec('COMMIT');
      } catch (error) {
        if (connection.isTransaction) connection.exec('ROLLBACK');
        throw error;
      }
    });
  }

  return {
    get: (kind, key) =>
      guarded(() => firstRow<{ data: Uint8Array }>(statements[kind].get, key)?.data),
    has: (kind, key) => guarded(() => firstRow(statements[kind].has, key) !== undefined),
    put: (kind, key, data) => putAll([{ kind, key, data }]),
    putAll,
    missing: (kind, keys) =>
      guarded(() =>
        allRows<{ key: string }>(statements[kind].missing, JSON.stringify(keys)).map(
          (row) => row.key,
        ),
      ),
    close() {
      if (!connection.isOpen) return;
      // As in `openDatabase`; not worth waiting for another thread that is reading.
      connection.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
      connection.close();
    },
  };
}

/**
 * Moves a cache aside that was found damaged while it was in use. Call it while nobody has the
 * file open; `openCacheStore` cannot, since other threads may.
 */
export function discardDamagedCache(file: string): void {
  if (existsSync(damageMark(file))) moveAside(file);
}

function openConnection(file: string) {
  try {
    return openWithSchema(file);
  } catch (error) {
    if (!isDamaged(error) && !(error instanceof OtherFormat)) throw error;
    moveAside(file);
    return openWithSchema(file);
  }
}

class OtherFormat extends Error {}

interface Size {
  bytes: number;
}

function openWithSchema(file: string) {
  const connection = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    const version = readUserVersion(connection);
    if (version !== 0 && version !== FORMAT) throw new OtherFormat();
    connection.exec(version === 0 ? layout : 'PRAGMA journal_mode = WAL');
    if (version === 0 || !hasAllKinds(connection)) connection.exec(schema);
    connection.exec('PRAGMA synchronous = OFF');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function hasAllKinds(connection: InstanceType<typeof DatabaseSync>): boolean {
  const tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'");
  const names = new Set(allRows<{ name: string }>(tables).map(({ name }) => name));
  return kinds.every((kind) => names.has(kind));
}

interface KindStatements {
  get: StatementSyncInstance;
  has: StatementSyncInstance;
  put: StatementSyncInstance;
  missing: StatementSyncInstance;
}

function prepareAll(connection: InstanceType<typeof DatabaseSync>) {
  const prepare = (kind: CacheKind): KindStatements => ({
    get: connection.prepare(`SELECT data FROM "${kind}" WHERE key = ?`),
    has: connection.prepare(`SELECT 1 FROM "${kind}" WHERE key = ?`),
    put: connection.prepare(
      `INSERT INTO "${kind}" (key, data) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET data = excluded.data`,
    ),
    missing: connection.prepare(
      `SELECT wanted.value AS key FROM json_each(?) AS wanted
       WHERE NOT EXISTS (SELECT 1 FROM "${kind}" WHERE key = wanted.value)`,
    ),
  });
  return {
    thumbnail: prepare('thumbnail'),
    facts: prepare('facts'),
    input: prepare('input'),
    features: prepare('features'),
    subspace: prepare('subspace'),
    projection: prepare('projection'),
  } satisfies Record<CacheKind, KindStatements>;
}

function moveAside(file: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  if (existsSync(file)) renameSync(file, `${file}.damaged`);
  rmSync(damageMark(file), { force: true });
}

const damageMark = (file: string) => `${file}.is-damaged`;

function damagedWhileOpen(file: string, cause: unknown): AppError {
  writeFileSync(damageMark(file), '');
  return new AppError(
    'internal',
    "The project's cache is damaged.",
    'Close the project and open it again: the cache is then made anew. No photo or label is lost.',
    { cause },
  );
}
