import { isAbsolute, relative } from 'node:path';
import { blobPath } from '../../platform/blob-store';
import { readProjectPhotos } from '../../platform/database/read-project-photos';
import { projectPaths } from '../../platform/project-folder';
import type { ListedPhoto, ListToRead, PhotoListing } from '../tasks/exchange-tasks';

/**
 * The photos of another project, which is only read. Photos that it stores are copied: they belong
 * to it and go with it.
 * @throws AppError 'project-newer', 'project-damaged', 'busy'.
 */
export async function listProject({ file: folder, within }: ListToRead): Promise<PhotoListing> {
  const { databaseFile, blobsFolder } = projectPaths(folder);
  const listing: PhotoListing = { photos: [], problems: [] };
  for (const { sha256, fileName, sourcePath, label, split, excluded } of readProjectPhotos(
    databaseFile,
  )) {
    const stored = sourcePath === undefined;
    const photo: ListedPhoto = {
      path: sourcePath ?? blobPath(blobsFolder, sha256),
      relativePath: fileName,
      fileName,
      stored,
      label,
      split,
      excluded,
    };
    if (stored ? /^[0-9a-f]{64}$/.test(sha256) : isWithin(photo.path, within)) {
      listing.photos.push(photo);
    } else {
      const message = 'The project only refers to the photo, and it is not here.';
      listing.problems.push({ path: fileName, reason: 'gone', message });
    }
  }
  return listing;
}

function isWithin(path: string, folder: string | undefined): boolean {
  if (folder === undefined) return true;
  const inside = relative(folder, path);
  return !inside.startsWith('..') && !isAbsolute(inside);
}
