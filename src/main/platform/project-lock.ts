import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { z } from 'zod';
import { AppError } from '../../shared/api/errors';
import { explainSqliteError, isBusy } from './database/sqlite-error';

const holderSchema = z.object({
  program: z.string(),
  pid: z.int(),
  host: z.string(),
  since: z.iso.datetime(),
});
type Holder = z.infer<typeof holderSchema>;

export interface ProjectLock {
  release(): void;
}

/**
 * Keeps a project to one program at a time. The lock is the operating system's own, on the empty
 * file `lock.sqlite`: it ends with the process however that ends, so that no lock is ever stale and
 * no process id has to be believed. `lock.json` beside it only tells others who holds it.
 *
 * @param program what to call the holder: "Pocketlens Studio (window)".
 * @throws AppError 'project-locked' naming the holder, 'not-writable'.
 */
export function lockProject(folder: string, program: string, now: () => Date): ProjectLock {
  const lockFile = join(folder, 'lock.sqlite');
  const holderFile = join(folder, 'lock.json');
  let connection: InstanceType<typeof DatabaseSync>;
  try {
    connection = lockFileOf(lockFile);
  } catch (error) {
    throw isBusy(error) ? projectLocked(readHolder(holderFile)) : explainSqliteError(error, folder);
  }
  const holder: Holder = {
    program,
    pid: process.pid,
    host: hostname(),
    since: now().toISOString(),
  };
  writeFileSync(holderFile, JSON.stringify(holder));
  return {
    release() {
      if (!connection.isOpen) return;
      rmSync(holderFile, { force: true });
      connection.close();
    },
  };
}

function lockFileOf(file: string) {
  const connection = new DatabaseSync(file);
  try {
    // Nothing is ever written into this transaction: the file stays empty.
    connection.exec('BEGIN EXCLUSIVE');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // It is being written just now, or somebody removed it: the lock itself is what counts.
    return undefined;
  }
}

function projectLocked(holder: Holder | undefined): AppError {
  const by = holder
    ? `${holder.program} (process ${holder.pid} on ${holder.host}, since ${holder.since})`
    : 'another program';
  return new AppError(
    'project-locked',
    `The project is open in ${by}.`,
    'Close it there first, then open it here.',
  );
}
