import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from 'yauzl';
import { AppError } from '../../shared/api/errors';
import { entriesOf, openZip, readEntry } from './zip-entries';

/** Files that lie together, in a folder or in an archive. Names are relative, with `/`. */
export interface FileGroup {
  /** Of an archive; a folder is not looked through. */
  names(): string[];
  /** Bytes of a file; undefined where there is none. Links, devices and pipes are none. */
  size(name: string): Promise<number | undefined>;
  /**
   * The whole of a file, which must have the size that `size` told.
   * @throws AppError 'model-unreadable'.
   */
  read(name: string): Promise<Uint8Array>;
  close(): void;
}

/** Files right in a folder, or below it. */
export function openFolder(folder: string): FileGroup {
  const pathOf = (name: string) => join(folder, ...name.split('/'));
  const size = async (name: string) => {
    const facts = await stat(pathOf(name)).catch(() => undefined);
    return facts?.isFile() ? facts.size : undefined;
  };
  return {
    names: () => [],
    size,
    async read(name) {
      const bytes = new Uint8Array((await size(name)) ?? 0);
      let handle: FileHandle | undefined;
      try {
        handle = await open(pathOf(name));
        await readWhole(handle, bytes);
        return bytes;
      } catch (cause) {
        throw unreadable(`${name} can’t be read`, cause);
      } finally {
        await handle?.close();
      }
    },
    close: () => undefined,
  };
}

/** One call of the system reads 2 GB at most, and less where it likes. */
async function readWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at);
    if (bytesRead === 0) throw new Error('The file became shorter');
    at += bytesRead;
  }
}

const MOST_ENTRIES = 10_000;

/**
 * The files of a zip archive, unpacked in memory one at a time.
 * @throws AppError 'model-unreadable' for what is no archive, or none that can be read
 */
export async function openArchive(path: string): Promise<FileGroup> {
  const zip = await openZip(path).catch((cause: unknown) => {
    throw unreadable('This is no zip archive, or a damaged one', cause);
  });
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of entriesOf(zip)) {
      if (entries.size >= MOST_ENTRIES) {
        throw unreadable(`This archive holds more than ${MOST_ENTRIES} files: it is no model’s`);
      }
      if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
    }
  } catch (error) {
    zip.close();
    throw error instanceof AppError ? error : unreadable('This zip archive is damaged', error);
  }
  return {
    names: () => [...entries.keys()],
    size: async (name) => entries.get(name)?.uncompressedSize,
    async read(name) {
      const entry = entries.get(name);
      if (!entry) throw unreadable(`${name} is not in the archive`);
      if (entry.isEncrypted()) throw unreadable(`${name} is protected by a password`);
      const bytes = new Uint8Array(entry.uncompressedSize);
      let at = 0;
      try {
        // It ends with an error where an entry unpacks to more, or less, than it says.
        for await (const chunk of await readEntry(zip, entry)) {
          bytes.set(chunk as Uint8Array, at);
          at += (chunk as Uint8Array).length;
        }
      } catch (cause) {
        throw unreadable(`${name} can’t be unpacked`, cause);
      }
      return bytes;
    },
    close: () => zip.close(),
  };
}

const unreadable = (what: string, cause?: unknown) =>
  new AppError(
    'model-unreadable',
    `${what}.`,
    'Export or download the model again, and choose all of its files or their zip.',
    { cause },
  );
