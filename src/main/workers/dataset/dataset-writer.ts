import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cannotWrite } from '../../platform/explain-disk-error';
import { openZipAppender, type ZipPlace } from '../../platform/zip-appender';
import type { DatasetTarget } from '../tasks/exchange-tasks';

/** Puts files into a data set, whether it is a folder or a zip. */
export interface DatasetWriter {
  /** @param name with forward slashes. @throws AppError 'no-space', 'not-writable'. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export const zipPlace = ({ place, scratch }: DatasetTarget): ZipPlace => ({
  archive: place,
  directory: join(scratch, 'zip-directory'),
});

export async function openDatasetWriter(target: DatasetTarget): Promise<DatasetWriter> {
  const { rootName, place } = target;
  try {
    if (rootName === undefined) return folderWriter(place);
    const zip = await openZipAppender(zipPlace(target), new Date(target.at));
    return {
      put: (name, bytes) =>
        zip.add(`${rootName}/${name}`, bytes).catch((error: unknown) => {
          throw cannotWrite(error, place);
        }),
      close: () => zip.close(),
    };
  } catch (error) {
    throw cannotWrite(error, place);
  }
}

function folderWriter(place: string): DatasetWriter {
  const made = new Set<string>();
  return {
    async put(name, bytes) {
      const path = join(place, name);
      try {
        if (!made.has(dirname(path))) await mkdir(dirname(path), { recursive: true });
        made.add(dirname(path));
        await writeFile(path, bytes, { flag: 'wx' });
      } catch (error) {
        throw cannotWrite(error, path);
      }
    },
    close: () => Promise.resolve(),
  };
}
