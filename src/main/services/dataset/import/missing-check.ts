import { setTimeout as pause } from 'node:timers/promises';
import { isCancelled } from '../../../../shared/api/errors';
import type { Database } from '../../../platform/database/database';
import type { Logger } from '../../../platform/logger';
import { type FileStamp, statFiles } from '../../../platform/stat-files';
import type { WorkerPool } from '../../../platform/worker-pool';
import { blobPath } from '../../../platform/blob-store';
import type { ChangeNotifier } from '../change-notifier';

interface FileRow {
  id: number;
  sha256: string;
  source_path: string | null;
  source_modified_ms: number | null;
  bytes: number;
  missing: number;
}

export interface MissingCheckOptions {
  database: Database;
  blobsFolder: string;
  workers: WorkerPool;
  notifier: ChangeNotifier;
  log: Logger;
}

export interface MissingCheck {
  /** Looks at every photo's file, in the background. Resolves when done or disposed of. */
  checkAll(): Promise<void>;
  /** Looks at some again, because reading one failed. */
  check(photoIds: readonly number[]): Promise<void>;
  dispose(): Promise<void>;
}

const pageSize = 256;
const pauseMs = 5;
const columns = 'id, sha256, source_path, source_modified_ms, bytes, missing';

/**
 * Flags photos whose file is gone or holds other bytes, and unflags those that are back (a disk was
 * plugged in again). Size and time tell cheaply; only where they differ is the file hashed.
 */
export function createMissingCheck(options: MissingCheckOptions): MissingCheck {
  const { database, blobsFolder, workers, notifier, log } = options;
  const stop = new AbortController();
  const running = new Set<Promise<void>>();

  async function checkPage(rows: readonly FileRow[]): Promise<void> {
    const paths = rows.map((row) => row.source_path ?? blobPath(blobsFolder, row.sha256));
    const stamps = await statFiles(paths);
    const looked = rows.map((row, index) => ({ row, path: paths[index], stamp: stamps[index] }));
    const doubtful = looked.flatMap(({ row, path, stamp }) =>
      stamp && path !== undefined && !isSame(row, stamp) ? [path] : [],
    );
    const hashes = await hash(doubtful);
    stop.signal.throwIfAborted();
    const changed: number[] = [];
    database.transaction(() => {
      for (const { row, path, stamp } of looked) {
        const hashed = path !== undefined && hashes.has(path);
        const intact = stamp && (!hashed || hashes.get(path) === row.sha256);
        if (setMissing(row, !intact)) changed.push(row.id);
        // Touched, but the same: not to be hashed again next time.
        if (intact && hashed) setModified(row, stamp);
      }
    });
    if (changed.length > 0) notifier.changed(changed);
  }

  function setMissing({ id, missing }: FileRow, isMissing: boolean): boolean {
    if ((missing === 1) === isMissing) return false;
    database.run('UPDATE photos SET missing = ? WHERE id = ?', [isMissing ? 1 : 0, id]);
    return true;
  }

  function setModified({ id, source_path }: FileRow, { modifiedMs }: FileStamp): void {
    if (source_path === null) return;
    database.run('UPDATE photos SET source_modified_ms = ? WHERE id = ?', [modifiedMs, id]);
  }

  async function hash(paths: string[]): Promise<Map<string, string | undefined>> {
    if (paths.length === 0) return new Map();
    const options = { signal: stop.signal, priority: 'background' } as const;
    const { hashes } = await workers.run('hash-files', { paths }, options);
    return new Map(paths.map((path, index) => [path, hashes[index]]));
  }

  async function checkEvery(): Promise<void> {
    for (let after = 0; ; ) {
      const rows = database.all<FileRow>(
        `SELECT ${columns} FROM photos WHERE id > ? ORDER BY id LIMIT ${pageSize}`,
        [after],
      );
      const last = rows.at(-1);
      if (!last) return;
      await checkPage(rows);
      after = last.id;
      // Nobody waits for this; whoever opened the project waits for its photos.
      await pause(pauseMs, undefined, { signal: stop.signal });
    }
  }

  async function checkSome(photoIds: readonly number[]): Promise<void> {
    const rows = database.all<FileRow>(
      `SELECT ${columns} FROM photos WHERE id IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(photoIds)],
    );
    for (let start = 0; start < rows.length; start += pageSize) {
      await checkPage(rows.slice(start, start + pageSize));
    }
  }

  function track(work: Promise<void>): Promise<void> {
    const quiet = work
      .catch((error: unknown) => {
        if (stop.signal.aborted || isCancelled(error)) return;
        log.error('Photos could not be checked', error);
      })
      .finally(() => running.delete(quiet));
    running.add(quiet);
    return quiet;
  }

  return {
    checkAll: () => track(checkEvery()),
    check: (photoIds) => track(checkSome(photoIds)),
    async dispose() {
      stop.abort();
      await Promise.all(running);
    },
  };
}

/** Blobs are named by their hash and never written twice: their size says enough. */
function isSame(row: FileRow, stamp: FileStamp): boolean {
  const sameTime = row.source_path === null || row.source_modified_ms === stamp.modifiedMs;
  return sameTime && row.bytes === stamp.bytes;
}
