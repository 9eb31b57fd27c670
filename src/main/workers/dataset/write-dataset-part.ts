import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../../../shared/api/errors';
import { PhotoProblem } from '../../../shared/domain/photo-problem';
import { cannotWrite } from '../../platform/explain-disk-error';
import { readPhotoFile } from '../../platform/read-photo-file';
import type { TaskImplementation } from '../task-context';
import type { PhotoToWrite } from '../tasks/exchange-tasks';
import { openDatasetWriter } from './dataset-writer';
import { appendToLists } from './list-files';

/** One photo is in memory at a time, and no photo of another task. */
export const writeDatasetPart: TaskImplementation<'write-dataset-part'> = async (
  { target, photos },
  { signal },
) => {
  const written: PhotoToWrite[] = [];
  const leftOut: { photoId: number; reason: string }[] = [];
  let total = 0;
  const writer = await openDatasetWriter(target);
  try {
    for (const photo of photos) {
      throwIfCancelled(signal);
      const bytes = await readUnchanged(photo);
      if (bytes instanceof PhotoProblem) {
        leftOut.push({ photoId: photo.photoId, reason: bytes.message });
        continue;
      }
      await writer.put(photo.name, bytes);
      written.push(photo);
      total += bytes.byteLength;
    }
  } finally {
    await writer.close();
  }
  await appendToLists(target, written).catch((error: unknown) => {
    throw cannotWrite(error, target.scratch);
  });
  return { written: written.length, bytes: total, leftOut };
};

/** Checked before it is written: a data set never holds bytes that nobody labeled. */
async function readUnchanged({ path, sha256 }: PhotoToWrite): Promise<Uint8Array | PhotoProblem> {
  try {
    const { bytes } = await readPhotoFile(path);
    const hash = createHash('sha256').update(bytes).digest('hex');
    return hash === sha256 ? bytes : new PhotoProblem('changed');
  } catch (error) {
    if (error instanceof PhotoProblem) return error;
    throw error;
  }
}
