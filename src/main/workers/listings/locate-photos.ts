import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { AppError } from '../../../shared/api/errors';
import type { NamedPhoto } from '../../engine/exchange/listed-photo';
import { sourceBroken } from '../../engine/exchange/source-broken';
import { safePathParts } from '../../platform/upload-path';
import type { ListedPhoto, ListToRead } from '../tasks/exchange-tasks';

/**
 * Where the photos of a list are: beside it, or in a folder that lists of its kind keep them in.
 * Those that are nowhere are said to be beside it, and will be found missing there.
 * @throws AppError 'source-unreadable' when a path leads out of the folder, or no photo is there.
 */
export async function locatePhotos(
  photos: readonly NamedPhoto[],
  { file, split }: ListToRead,
): Promise<ListedPhoto[]> {
  const bases = basesOf(file, split);
  const fileName = basename(file);
  const located = new Map<string, Promise<string | undefined>>();
  const listed: ListedPhoto[] = [];
  let someIsThere = photos.length === 0;
  for (const { path: relativePath, ...given } of photos) {
    const inside = pathInside(relativePath, bases, fileName);
    const known = located.get(inside) ?? locate(inside, bases);
    located.set(inside, known);
    const path = await known;
    someIsThere ||= path !== undefined;
    const beside = path ?? join(bases[0] ?? '', inside);
    listed.push({ path: beside, relativePath, ...given, ...named(beside, given) });
  }
  if (someIsThere) return listed;
  throw sourceBroken(
    fileName,
    `names ${photos.length} ${photos.length === 1 ? 'photo' : 'photos'}, and none of them is there`,
    'Put the file into the folder that its paths start from. Nothing was changed.',
  );
}

function named(path: string, { cut }: Pick<NamedPhoto, 'cut'>): { fileName?: string } {
  if (!cut) return {};
  // The id is somebody else's text, and file names of exports are made of this.
  const id = cut.id.replace(/[^\w-]+/g, '-');
  return { fileName: `${basename(path, extname(path))}-${id}.png` };
}

function basesOf(file: string, split: string | undefined): string[] {
  const folder = dirname(resolve(file));
  // COCO's own layout: annotations/instances_val2017.json beside val2017/.
  const root = basename(folder) === 'annotations' ? dirname(folder) : folder;
  const year = /[A-Za-z]+\d{4}/.exec(basename(file))?.[0];
  const places = [root, join(root, 'images'), join(root, 'data'), join(root, 'photos')];
  const ofSplit = [split, year].flatMap((name) =>
    name === undefined ? [] : [join(root, name), join(root, 'images', name)],
  );
  return [...new Set([folder, ...places, ...ofSplit])];
}

function pathInside(path: string, bases: readonly string[], fileName: string): string {
  const [folder = ''] = bases;
  const absolute = resolve(path) === path ? relative(folder, path) : path;
  try {
    return join(...safePathParts(absolute));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw sourceBroken(
      fileName,
      `refers to ${JSON.stringify(path.slice(0, 100))}, outside of its own folder`,
      'Write its paths relative to the folder it lies in. Nothing was changed.',
      error,
    );
  }
}

async function locate(inside: string, bases: readonly string[]): Promise<string | undefined> {
  for (const base of bases) {
    const path = join(base, inside);
    if (await stat(path).catch(() => undefined)) return path;
  }
  return undefined;
}
