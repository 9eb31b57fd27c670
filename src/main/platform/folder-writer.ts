import { createHash } from 'node:crypto';
import {
  chmod,
  copyFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../../shared/api/errors';
import { explainDiskError, systemCode } from './explain-disk-error';

/** Puts files into a folder that nobody sees before it is complete. */
export interface FolderWriter {
  /** @returns where it lies until the folder is complete, for who must read it back. */
  write(name: string, content: string | Uint8Array): Promise<string>;
  copy(name: string, from: string): Promise<void>;
}

export interface WriteFolderOptions {
  /** The list of files that a folder of this kind holds; what a later one is known by. */
  manifestName: string;
  /** Fields of the manifest beside `format` and `files`. */
  manifest: Record<string, unknown>;
  /** Says what the folder is: "pocketlens-export". */
  format: string;
}

/** Left by file browsers in any folder that was looked at; no reason not to replace it. */
const noise = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/**
 * Makes a folder, whole or not at all: filled beside its place, then renamed. A folder that is
 * already there is replaced when it is empty or when it is of the same format and holds nothing but
 * what its own manifest lists.
 *
 * @throws AppError 'not-writable' when something else is in the way, 'no-space'.
 */
export async function writeFolder(
  target: string,
  { manifestName, manifest, format }: WriteFolderOptions,
  fill: (writer: FolderWriter) => Promise<unknown>,
): Promise<void> {
  const place = resolve(target);
  const beside = (suffix: string) =>
    join(dirname(place), `.${basename(place)}.${process.pid}.${suffix}`);
  const partial = beside('partial');
  try {
    await refuseForeign(place, manifestName, format);
    await removeFolder(partial);
    await mkdir(partial, { recursive: true });
    const files: Record<string, string> = {};
    await fill({
      async write(name, content) {
        const path = join(partial, name);
        await writeFile(path, content);
        files[name] = createHash('sha256').update(content).digest('hex');
        return path;
      },
      async copy(name, from) {
        await copyFile(from, join(partial, name));
        // A copy keeps its original's mode, and Windows can't remove a read-only file later.
        await chmod(join(partial, name), 0o644);
        // Read back: the hash is of what was written, not of what should have been.
        const written = await readFile(join(partial, name));
        files[name] = createHash('sha256').update(written).digest('hex');
      },
    });
    const text = JSON.stringify({ format, formatVersion: 1, ...manifest, files }, undefined, 2);
    await writeFile(join(partial, manifestName), `${text}\n`);
    await swap(partial, place, beside('old'));
  } catch (error) {
    await removeFolder(partial);
    throw explainDiskError(error, place);
  }
}

/** Removes a folder with all that is in it, such as one of a job that was cancelled. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

async function refuseForeign(place: string, manifestName: string, format: string): Promise<void> {
  const entries = (await list(place)).filter((name) => !noise.has(name));
  if (entries.length === 0) return;
  const own = await readManifest(join(place, manifestName), format);
  const foreign = own ? entries.filter((name) => name !== manifestName && !own.has(name)) : entries;
  if (foreign.length === 0) return;
  throw new AppError(
    'not-writable',
    `${place} holds other files (${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ' …' : ''}).`,
    'Choose an empty folder or one that does not exist yet: nothing of yours is overwritten.',
  );
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    if (systemCode(error) !== 'ENOTDIR') throw error;
    throw new AppError(
      'not-writable',
      `${folder} is a file.`,
      'Choose a folder, or one that does not exist yet.',
    );
  });
}

/** Names that the manifest lists; undefined when there is none of this format. */
async function readManifest(path: string, format: string): Promise<Set<string> | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest !== 'object' || manifest === null) return undefined;
    if (!('format' in manifest) || manifest.format !== format || !('files' in manifest)) {
      return undefined;
    }
    return new Set(Object.keys(manifest.files ?? {}));
  } catch {
    return undefined;
  }
}

/** Moves what is there aside first, so that a failing rename can put it back. */
async function swap(partial: string, place: string, old: string): Promise<void> {
  const entries = await list(place);
  if (entries.length === 0) {
    await rmdir(place).catch((error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw error;
    });
    await rename(partial, place);
    return;
  }
  await removeFolder(old);
  await rename(place, old);
  try {
    await rename(partial, place);
  } catch (error) {
    await rename(old, place);
    throw error;
  }
  await removeFolder(old);
}
