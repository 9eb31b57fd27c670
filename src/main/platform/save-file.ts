import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cannotWrite } from './explain-disk-error';

/**
 * Writes a file for a person, whole or not at all: beside its place first, then renamed.
 * @param mode who may read it, where the system knows that; 0o600: this account alone.
 * @throws AppError 'not-writable', 'no-space'.
 */
export async function saveFile(
  path: string,
  data: Uint8Array | Readable,
  { mode = 0o666 }: { mode?: number } = {},
): Promise<void> {
  const target = resolve(path);
  const temporary = `${target}.${randomUUID()}.part`;
  try {
    await mkdir(dirname(target), { recursive: true });
    const source = data instanceof Readable ? data : Readable.from([data], { objectMode: false });
    await pipeline(source, createWriteStream(temporary, { mode }));
    await rename(temporary, target);
  } catch (error) {
    // What went wrong first is what is said.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cannotWrite(error, target);
  }
}

/** A new, empty folder that the system may clean up some day. */
export function makeTemporaryFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `${name}-`));
}
