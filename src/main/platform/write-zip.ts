import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Zip, ZipPassThrough } from 'fflate';
import { throwIfCancelled } from '../../shared/api/errors';

/**
 * Packs the files of a folder (no folders in it) into `zipFile`, under the folder's own name. Goes
 * through memory in pieces, whole or not at all. Stored and not compressed: weights hardly shrink,
 * and compressing them would hold up the thread that answers everybody.
 * @throws AppError 'cancelled'.
 */
export async function writeZip(
  folder: string,
  zipFile: string,
  rootName = basename(folder),
  signal?: AbortSignal,
): Promise<void> {
  const partial = `${zipFile}.partial`;
  try {
    await pipeline(Readable.from(chunks(folder, rootName)), createWriteStream(partial), { signal });
    await rename(partial, zipFile);
  } catch (error) {
    await rm(partial, { force: true });
    throwIfCancelled(signal);
    throw error;
  }
}

async function* chunks(folder: string, rootName: string): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  for (const name of (await readdir(folder)).sort()) {
    const entry = new ZipPassThrough(`${rootName}/${name}`);
    zip.add(entry);
    const pieces: AsyncIterable<Buffer> = createReadStream(join(folder, name));
    for await (const piece of pieces) {
      entry.push(piece);
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(0), true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}
