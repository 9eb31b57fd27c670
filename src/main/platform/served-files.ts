import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';

/** A file as a host sends it: what its headers say, and any stretch of its bytes. */
export interface ServedFile {
  size: number;
  modifiedMs: number;
  /** Bytes `start` to `end`, both included; all without them. */
  read(range?: { start: number; end: number }): Readable;
}

/** undefined when there is no file (any more). */
export async function openServedFile(path: string): Promise<ServedFile | undefined> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts?.isFile()) return undefined;
  return {
    size: facts.size,
    modifiedMs: facts.mtimeMs,
    read: (range) => createReadStream(path, range),
  };
}

/**
 * Every file below `folder`: its path there, with forward slashes, and its place on the disk. A
 * host that answers from this map alone cannot be talked out of the folder.
 */
export async function listFilesBelow(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path).split(sep).join('/'), path]),
  );
}
