import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../shared/api/errors';
import { explainDiskError, systemCode } from './explain-disk-error';

/** What lies where in a project's folder. */
export interface ProjectPaths {
  folder: string;
  databaseFile: string;
  cacheFile: string;
  blobsFolder: string;
  modelsFolder: string;
  basesFolder: string;
  exportsFolder: string;
  trashFolder: string;
}

export function projectPaths(folder: string): ProjectPaths {
  return {
    folder,
    databaseFile: join(folder, 'project.sqlite'),
    cacheFile: join(folder, 'cache', 'cache.sqlite'),
    blobsFolder: join(folder, 'blobs'),
    modelsFolder: join(folder, 'models'),
    basesFolder: join(folder, 'bases'),
    exportsFolder: join(folder, 'exports'),
    trashFolder: join(folder, 'trash'),
  };
}

export function isProjectFolder(folder: string): boolean {
  return existsSync(projectPaths(folder).databaseFile);
}

/**
 * Makes a folder for a new project; one that is there must be empty.
 * @throws AppError 'project-exists', 'not-writable', 'no-space'.
 */
export function makeProjectFolder(folder: string): void {
  if (isProjectFolder(folder)) {
    throw new AppError(
      'project-exists',
      `There is a project in ${folder} already.`,
      'Open it, or choose another folder.',
    );
  }
  if (!isFree(folder)) {
    throw new AppError(
      'project-exists',
      `${folder} is not empty and no project.`,
      'Choose a new or an empty folder: a project keeps its own files in it.',
    );
  }
  makeFolders([folder]);
}

/** Makes whichever of a project's subfolders are missing: empty ones get lost in copies. */
export function makeSubfolders(folder: string): void {
  const paths = projectPaths(folder);
  makeFolders([
    dirname(paths.cacheFile),
    paths.blobsFolder,
    paths.modelsFolder,
    paths.basesFolder,
    paths.exportsFolder,
    paths.trashFolder,
  ]);
}

/**
 * Removes what programs that were killed had begun to write beside its place. Only for who has the
 * project locked. Models and the database tidy up after themselves.
 */
export function removeUnfinished(folder: string): void {
  const { blobsFolder, exportsFolder, cacheFile } = projectPaths(folder);
  for (const place of [blobsFolder, exportsFolder, dirname(cacheFile)]) {
    for (const name of readdirSync(place)) {
      if (/\.part(ial)?$/.test(name)) rmSync(join(place, name), { recursive: true, force: true });
    }
  }
}

function makeFolders(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      throw explainDiskError(error, folder);
    }
  }
}

/** A folder below `parent` named like the project, numbered where that is taken. */
export function newFolderFor(parent: string, projectName: string): string {
  // What no system allows in a name; a leading dot would hide it, a trailing one Windows drops.
  const name = projectName.replace(/[/\\:*?"<>|\p{Cc}]/gu, '-').replace(/^\.+|[. ]+$/g, '');
  for (let number = 1; ; number++) {
    const folder = join(
      parent,
      number === 1 ? name || 'Project' : `${name || 'Project'} ${number}`,
    );
    if (isFree(folder)) return folder;
  }
}

/** Left by the system or by a creation that was broken off: no reason to call a folder used. */
const ignorable = new Set(['.DS_Store', 'desktop.ini', 'project.sqlite.partial']);

function isFree(folder: string): boolean {
  try {
    return readdirSync(folder).every((name) => ignorable.has(name));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return true;
    if (systemCode(error) === 'ENOTDIR') return false;
    throw explainDiskError(error, folder);
  }
}
