import type { BigIntStats, Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { throwIfCancelled } from '../../shared/api/errors';
import { isHiddenName, isPhotoName } from '../../shared/domain/photo-names';
import { PhotoProblem } from '../../shared/domain/photo-problem';
import { fileProblem } from './file-problem';

export type FoundFile =
  | {
      kind: 'photo';
      path: string;
      /** Below what was given, for people to read. */
      relativePath: string;
      /** Name of the folder it lies in; absent where that folder stands for no label. */
      folder?: string;
    }
  | { kind: 'ignored' }
  | { kind: 'problem'; relativePath: string; problem: PhotoProblem };

interface Place {
  path: string;
  relativePath: string;
  folder?: string;
  /** Identities of the folders it lies in. */
  ancestors: ReadonlySet<string>;
}

/**
 * All files below the given files and folders, folder by folder in the order of their names,
 * without holding more than one folder's names at a time. A file given directly is always taken for
 * a photo; one found in a folder only when its name says so.
 *
 * One folder given alone is a collection: its subfolders are classes, and photos at its top have
 * no folder. Several folders given together are classes themselves.
 *
 * Symbolic links are followed; each folder is walked once, and a link to a folder that it lies in
 * is reported as a loop.
 */
export async function* walkPhotos(
  paths: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<FoundFile> {
  const visited = new Set<string>();
  const alone = paths.length === 1;
  for (const given of paths) {
    const path = resolve(given);
    const name = basename(path);
    const place = { path, relativePath: name, ancestors: new Set<string>() };
    const stats = await statOrProblem(path);
    if (stats instanceof PhotoProblem) {
      yield { kind: 'problem', relativePath: name, problem: stats };
    } else if (stats.isDirectory()) {
      const top = alone ? { ...place, relativePath: '' } : { ...place, folder: name };
      yield* walkFolder(top, stats, visited, signal);
    } else {
      yield { kind: 'photo', path, relativePath: name };
    }
  }
}

async function* walkFolder(
  place: Place,
  stats: BigIntStats,
  visited: Set<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<FoundFile> {
  throwIfCancelled(signal);
  const identity = `${stats.dev}:${stats.ino}`;
  if (place.ancestors.has(identity)) {
    yield problemAt(place, new PhotoProblem('link-loop'));
    return;
  }
  if (visited.has(identity)) {
    yield { kind: 'ignored' };
    return;
  }
  visited.add(identity);
  let entries: Dirent<Buffer>[];
  try {
    // Names as bytes: one that is no Unicode would otherwise be changed unnoticed.
    entries = await readdir(place.path, { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    yield problemAt(place, fileProblem(error));
    return;
  }
  const ancestors = new Set([...place.ancestors, identity]);
  for (const entry of entries.sort(realOnesFirstThenByName)) {
    const name = entry.name.toString('utf8');
    const inside: Place = {
      path: join(place.path, name),
      relativePath: place.relativePath === '' ? name : `${place.relativePath}/${name}`,
      ...(place.folder === undefined ? {} : { folder: place.folder }),
      ancestors,
    };
    if (isHiddenName(name)) yield { kind: 'ignored' };
    else if (!Buffer.from(name, 'utf8').equals(entry.name)) {
      yield problemAt(inside, new PhotoProblem('unreadable-name'));
    } else yield* walkEntry(entry, name, inside, visited, signal);
  }
}

async function* walkEntry(
  entry: Dirent<Buffer>,
  name: string,
  place: Place,
  visited: Set<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<FoundFile> {
  if (entry.isFile()) {
    yield foundFile(place, name);
    return;
  }
  const stats = await statOrProblem(place.path);
  if (stats instanceof PhotoProblem) {
    yield brokenEntry(entry, name, place, stats);
    return;
  }
  if (stats.isDirectory()) yield* walkFolder({ ...place, folder: name }, stats, visited, signal);
  else yield foundFile(place, name);
}

/** A link to nothing is of no interest unless it was to be a photo. */
function brokenEntry(
  entry: Dirent<Buffer>,
  name: string,
  place: Place,
  problem: PhotoProblem,
): FoundFile {
  if (problem.reason !== 'gone') return problemAt(place, problem);
  if (!isPhotoName(name)) return { kind: 'ignored' };
  return problemAt(place, entry.isSymbolicLink() ? new PhotoProblem('broken-link') : problem);
}

function foundFile({ path, relativePath, folder }: Place, name: string): FoundFile {
  if (!isPhotoName(name)) return { kind: 'ignored' };
  return { kind: 'photo', path, relativePath, ...(folder === undefined ? {} : { folder }) };
}

function problemAt(place: Place, problem: PhotoProblem): FoundFile {
  return { kind: 'problem', relativePath: place.relativePath || basename(place.path), problem };
}

/** Links last: a folder is walked under its own name where it is found under both. */
function realOnesFirstThenByName(left: Dirent<Buffer>, right: Dirent<Buffer>): number {
  const links = Number(left.isSymbolicLink()) - Number(right.isSymbolicLink());
  return links || Buffer.compare(left.name, right.name);
}

async function statOrProblem(path: string): Promise<BigIntStats | PhotoProblem> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    return fileProblem(error);
  }
}
