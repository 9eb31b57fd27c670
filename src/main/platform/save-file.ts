import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../shared/api/errors';

/**
 * Writes a file for a person, whole or not at all: beside its place first, then renamed.
 * @throws AppError 'not-writable'.
 */
export async function saveFile(path: string, data: Uint8Array | Readable): Promise<void> {
  const target = resolve(path);
  const temporary = `${target}.${process.pid}.part`;
  try {
    await mkdir(dirname(target), { recursive: true });
    const source = data instanceof Readable ? data : Readable.from([data], { objectMode: false });
    await pipeline(source, createWriteStream(temporary));
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new AppError(
      'not-writable',
      `${target} can't be written.`,
      'Check that the folder may be written to and that the disk has room.',
      { cause: error },
    );
  }
}

/** A new, empty folder that the system may clean up some day. */
export function makeTemporaryFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `${name}-`));
}

/** undefined when there is no such file. */
export async function readTextFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
