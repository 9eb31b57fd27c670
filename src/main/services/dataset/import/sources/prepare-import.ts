import { basename, dirname, join, posix } from 'node:path';
import type { ImportProblem } from '../../../../../shared/api/dataset-api';
import { throwIfCancelled } from '../../../../../shared/api/errors';
import { splitFromWord, type Split } from '../../../../../shared/domain/split';
import { type ManifestFolder, readDatasetManifest } from '../../../../platform/dataset-manifest';
import { listTop, type Top } from '../../../../platform/list-top';
import { createScratchFolder } from '../../../../platform/scratch-folder';
import { defaultUploadLimits } from '../../../../platform/staging';
import { unpackZip } from '../../../../platform/unpack-zip';
import { createUploadFiles } from '../../../../platform/upload-files';
import { type FoundFile, walkPhotos } from '../../../../platform/walk-photos';
import type {
  ListedPhoto,
  ListToRead,
  PhotoListing,
} from '../../../../workers/tasks/exchange-tasks';
import type { ProjectContext } from '../../../ports';
import { recognize } from './recognize';

/** A file to import, with what is known of it beyond its place. */
export type ImportFile =
  | Exclude<FoundFile, { kind: 'photo' | 'problem' }>
  | { kind: 'listing-problem'; problem: ImportProblem }
  | Extract<FoundFile, { kind: 'problem' }>
  | (Extract<FoundFile, { kind: 'photo' }> & {
      /** What a list says about it: no folder has a say then. */
      listed?: ListedPhoto;
      split?: Split;
      /** It comes from an archive, which is unpacked for this import only. */
      unpacked?: boolean;
    });

export interface PreparedImport {
  /** From the start, as often as asked. */
  files(signal: AbortSignal): AsyncGenerator<ImportFile>;
  /** Removes what was unpacked. */
  remove(): Promise<void>;
}

/** A data set of the studio's own in folders, which its manifest speaks for. */
interface ExportedTree {
  path: string;
  folders: readonly ManifestFolder[];
  unpacked: boolean;
}

interface Plan {
  loose: string[];
  trees: ExportedTree[];
  archives: string[];
  listings: PhotoListing[];
}

/**
 * Unpacks archives and reads lists of photos, all of them, before anything of them is stored: what
 * is broken leaves the project as it was.
 * @throws AppError 'source-unreadable', 'upload-refused', 'project-newer', 'project-damaged'.
 */
export async function prepareImport(
  { workers, cacheFile }: Pick<ProjectContext, 'workers' | 'cacheFile'>,
  paths: readonly string[],
  uploaded: boolean,
  signal: AbortSignal,
): Promise<PreparedImport> {
  const scratch = createScratchFolder(dirname(cacheFile));
  const plan: Plan = { loose: [], trees: [], archives: [], listings: [] };

  async function read(list: ListToRead): Promise<PhotoListing | undefined> {
    const targetFolder = list.format === 'tfrecord' ? await scratch.next() : '';
    const input = { ...list, targetFolder };
    return (await workers.run('read-photo-list', input, { signal })).listing;
  }

  /** @returns whether loose photos at the path are still to be taken. */
  async function planFor(path: string, inArchive: boolean): Promise<boolean> {
    throwIfCancelled(signal);
    const manifest = await readDatasetManifest(path);
    if (manifest?.layout === 'folder') {
      plan.trees.push({ path, folders: manifest.folders, unpacked: inArchive });
      return false;
    }
    const { top, lists, records, zips } = await recognize(path, uploaded || inArchive);
    const listings: PhotoListing[] = [];
    for (const format of ['project', 'coco', 'csv'] as const) {
      if (listings.length > 0) break;
      for (const list of lists.filter((each) => each.format === format)) {
        const listing = await read(list);
        if (listing) listings.push(inArchive ? unpacked(listing) : listing);
      }
    }
    for (const list of records) {
      const listing = await read(list);
      if (listing) plan.listings.push(listing);
    }
    for (const zip of inArchive ? [] : zips) await unpack(zip);
    plan.listings.push(...listings);
    const isProject = lists.some(({ format }) => format === 'project');
    if (listings.length > 0 && top.kind === 'folder' && !isProject) {
      plan.listings.push(await notListed(path, listings, signal));
    }
    return listings.length === 0 && (top.kind !== 'file' || records.length + zips.length === 0);
  }

  async function unpack(zip: string): Promise<void> {
    const folder = await scratch.next();
    await unpackZip(zip, '', createUploadFiles(folder, defaultUploadLimits), signal);
    const { files, folders } = await listTop(folder);
    const [only = ''] = folders;
    const root = files.length === 0 && folders.length === 1 ? join(folder, only) : folder;
    if (await planFor(root, true)) plan.archives.push(root);
  }

  try {
    for (const path of paths) if (await planFor(path, false)) plan.loose.push(path);
  } catch (error) {
    await scratch.remove();
    throw error;
  }
  return { files: (stop) => filesOf(plan, stop), remove: () => scratch.remove() };
}

async function* filesOf(
  { loose, trees, archives, listings }: Plan,
  signal: AbortSignal,
): AsyncGenerator<ImportFile> {
  yield* walk(loose, signal);
  for (const folder of archives) {
    for await (const file of walk([folder], signal)) {
      yield file.kind === 'photo' ? { ...file, unpacked: true } : file;
    }
  }
  for (const tree of trees) yield* walkTree(tree, signal);
  for (const { photos, problems } of listings) {
    for (const problem of problems) yield { kind: 'listing-problem', problem };
    for (const listed of photos) {
      const { path, relativePath, passing } = listed;
      yield { kind: 'photo', path, relativePath, listed, ...(passing ? { unpacked: true } : {}) };
    }
  }
}

/** Folders that were added to it since are as any others. */
async function* walkTree(
  { path: root, folders, unpacked: isUnpacked }: ExportedTree,
  signal: AbortSignal,
): AsyncGenerator<ImportFile> {
  const known = new Map(folders.map(({ path, ...facts }) => [path, facts]));
  for await (const file of walkPhotos([root], signal)) {
    if (file.kind !== 'photo') {
      yield file;
      continue;
    }
    const { path, relativePath } = file;
    const facts = known.get(posix.dirname(relativePath));
    const listed = facts && { path, relativePath, ...facts };
    yield { ...file, ...(listed ? { listed } : {}), ...(isUnpacked ? { unpacked: true } : {}) };
  }
}

/** One folder of train, validation and test folders says the splits, and labels below them. */
async function* walk(paths: readonly string[], signal: AbortSignal): AsyncGenerator<ImportFile> {
  if (paths.length === 0) return;
  const [only = ''] = paths;
  const bySplit = paths.length === 1 && isSplitTree(await listTop(only));
  for await (const file of walkPhotos(paths, signal)) {
    if (!bySplit || file.kind !== 'photo') {
      yield file;
      continue;
    }
    const { folder, ...rest } = file;
    const [first = '', ...below] = file.relativePath.split('/');
    const split = splitFromWord(first);
    const isLabel = split !== undefined && below.length > 1;
    yield { ...rest, ...(isLabel && folder ? { folder, split } : {}) };
  }
}

function isSplitTree({ folders }: Top): boolean {
  const splits = new Set(folders.flatMap((name) => splitFromWord(name) ?? []));
  const others = folders.filter((name) => !splitFromWord(name) && name !== 'unlabeled');
  return splits.has('train') && splits.size > 1 && others.length === 0;
}

function unpacked({ photos, problems }: PhotoListing): PhotoListing {
  return {
    photos: photos.map((photo) => ({ ...photo, stored: true, passing: true })),
    problems,
  };
}

/** Photos in a folder that its own list does not name are left out, and that is said. */
async function notListed(
  folder: string,
  listings: readonly PhotoListing[],
  signal: AbortSignal,
): Promise<PhotoListing> {
  const listed = new Set(listings.flatMap(({ photos }) => photos.map(({ path }) => path)));
  const named = new Set(listings.flatMap(({ problems }) => problems.map(({ path }) => path)));
  let count = 0;
  for await (const file of walkPhotos([folder], signal)) {
    if (file.kind !== 'photo' || listed.has(file.path)) continue;
    if (!named.has(file.relativePath)) count += 1;
  }
  const photos = count === 1 ? '1 photo' : `${count} photos`;
  const message = `${photos} of the folder are not in its list of photos and were left out.`;
  return {
    photos: [],
    problems: count === 0 ? [] : [{ path: basename(folder), reason: 'not-listed', message }],
  };
}
