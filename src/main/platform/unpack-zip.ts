import { stat } from 'node:fs/promises';
import type { ZipFile } from 'yauzl';
import { AppError, throwIfCancelled } from '../../shared/api/errors';
import type { UploadFiles } from './upload-files';
import { entriesOf, openZip, readEntry } from './zip-entries';

/** Photos hardly shrink: an archive that grows this much in unpacking is made to do harm. */
const MAXIMUM_RATIO = 100;
/** Below this any ratio is harmless. */
const RATIO_APPLIES_ABOVE_BYTES = 50 * 1024 ** 2;

const FILE_TYPE_MASK = 0o170000;
const SYMBOLIC_LINK = 0o120000;

/**
 * Unpacks an archive below `folder` of an upload, whole or not at all.
 * @throws AppError 'upload-refused' when it is damaged, cut short, encrypted, a bomb, or has a
 * path that leads out of the folder; the limits of `files` apply to what comes out.
 */
export async function unpackZip(
  archive: string,
  folder: string,
  files: UploadFiles,
  signal?: AbortSignal,
): Promise<void> {
  const { size } = await stat(archive);
  const allowedBytes = Math.max(RATIO_APPLIES_ABOVE_BYTES, size * MAXIMUM_RATIO);
  const written: string[] = [];
  let unpacked = 0;

  async function* bounded(body: AsyncIterable<Uint8Array>) {
    for await (const chunk of body) {
      throwIfCancelled(signal);
      unpacked += chunk.byteLength;
      if (unpacked > allowedBytes) throw refused('unpacks to far more than photos could');
      yield chunk;
    }
  }

  let zip: ZipFile | undefined;
  try {
    zip = await openZip(archive);
    for await (const entry of entriesOf(zip)) {
      if (entry.fileName.endsWith('/')) continue;
      if (entry.isEncrypted()) throw refused('is protected by a password');
      // A link could lead anywhere, and a photo behind it is in the archive itself.
      if (((entry.externalFileAttributes >>> 16) & FILE_TYPE_MASK) === SYMBOLIC_LINK) continue;
      const body = await readEntry(zip, entry);
      const path = folder === '' ? entry.fileName : `${folder}/${entry.fileName}`;
      written.push(await files.write(path, bounded(body)));
    }
  } catch (error) {
    for (const path of written) await files.remove(path);
    throw explain(error);
  } finally {
    zip?.close();
  }
}

function explain(error: unknown): unknown {
  if (error instanceof AppError) return error;
  // What the disk refuses has a code of the system; what yauzl finds in the archive has none.
  if (error instanceof Error && 'syscall' in error) return error;
  const message = error instanceof Error ? error.message : String(error);
  // yauzl's own words for names with `..`, `\` or a root (validateFileName in its index.js).
  if (/^(invalid relative path|absolute path|invalid characters in fileName)/.test(message)) {
    return refused('has a file whose path leads out of it');
  }
  return refused('is damaged or cut short', error);
}

const refused = (why: string, cause?: unknown) =>
  new AppError(
    'upload-refused',
    `The zip archive was refused: it ${why}.`,
    'Unpack it on your computer and choose the folder instead.',
    { cause },
  );
