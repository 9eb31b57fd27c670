import type { DatasetFormat } from '../../../shared/api/dataset-export-api';
import type { PhotoFormat } from '../../../shared/domain/photo';
import { type ManifestFolder, manifestName } from '../../platform/dataset-manifest';
import { createUniqueNames, safeName, safePhotoName } from '../../platform/safe-names';
import type { PhotoToWrite } from '../../workers/tasks/exchange-tasks';
import type { SelectedPhoto } from './select-photos';

/** Says where in a data set each photo lies. */
export interface PhotoNames {
  place(photo: SelectedPhoto): PhotoToWrite;
  /** What the folders that were given out stand for, where it is folders that say it. */
  folders(): ManifestFolder[];
}

const folderOf = { csv: 'photos', coco: 'images' } as const;

export function createPhotoNames(
  format: DatasetFormat,
  labels: readonly string[],
  splits: boolean,
): PhotoNames {
  const names = createUniqueNames();
  const folders = new Map<string, ManifestFolder>();
  // A label may have the name of what else lies there.
  for (const taken of ['unlabeled', 'excluded', manifestName]) names.take('', taken);
  const labelFolders = labels.map((label) => names.take('', safeName(label)));

  function folderFor({ labelIndex, split, excluded }: SelectedPhoto): string {
    if (format !== 'folder') return folderOf[format];
    const label = labelIndex === undefined ? undefined : labels[labelIndex];
    const shownSplit = splits && label !== undefined ? split : undefined;
    const path = [
      excluded ? 'excluded' : undefined,
      shownSplit,
      (labelIndex === undefined ? undefined : labelFolders[labelIndex]) ?? 'unlabeled',
    ]
      .filter((part) => part !== undefined)
      .join('/');
    if (!folders.has(path)) {
      folders.set(path, {
        path,
        ...(label === undefined ? {} : { label }),
        ...(shownSplit === undefined ? {} : { split: shownSplit }),
        ...(excluded ? { excluded } : {}),
      });
    }
    return path;
  }

  return {
    place(photo) {
      const { record, labelIndex, split, excluded } = photo;
      const { photoId, sha256, path, fileName, width, height } = record;
      const folder = folderFor(photo);
      const name = names.take(`${folder}/`, safePhotoName(fileName, extensionOf(record.format)));
      return {
        ...{ photoId, sha256, path, width, height },
        name: `${folder}/${name}`,
        ...(labelIndex === undefined ? {} : { labelIndex, label: labels[labelIndex] ?? '' }),
        ...(split === undefined ? {} : { split }),
        ...(excluded ? { excluded } : {}),
      };
    },
    folders: () => [...folders.values()],
  };
}

function extensionOf(format: PhotoFormat): string {
  if (format === 'jpeg') return 'jpg';
  return format === 'tiff' ? 'tif' : format;
}
