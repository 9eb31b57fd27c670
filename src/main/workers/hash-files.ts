import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../../shared/api/errors';
import { PhotoProblem } from '../../shared/domain/photo-problem';
import { readPhotoFile } from '../platform/read-photo-file';
import type { TaskImplementation } from './task-context';

export const hashFiles: TaskImplementation<'hash-files'> = async ({ paths }, { signal }) => {
  const hashes: (string | undefined)[] = [];
  for (const path of paths) {
    throwIfCancelled(signal);
    hashes.push(await hashOf(path));
  }
  return { hashes };
};

async function hashOf(path: string): Promise<string | undefined> {
  try {
    const { bytes } = await readPhotoFile(path);
    return createHash('sha256').update(bytes).digest('hex');
  } catch (error) {
    if (error instanceof PhotoProblem) return undefined;
    throw error;
  }
}
