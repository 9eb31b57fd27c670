import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { maximumFileBytes } from '../../shared/domain/photo';
import { PhotoProblem } from '../../shared/domain/photo-problem';
import { fileProblem } from './file-problem';

export interface PhotoFile {
  bytes: Uint8Array;
  modifiedMs: number;
}

// Without it, opening a pipe that nobody writes to would wait forever. Windows has no such flag.
const openFlags = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

/**
 * A whole file, as it stood at one moment.
 * @throws PhotoProblem when it is gone, unreadable, too large or was written to meanwhile.
 */
export async function readPhotoFile(path: string): Promise<PhotoFile> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, openFlags);
    const before = await file.stat();
    if (!before.isFile()) throw new PhotoProblem('not-a-file');
    if (before.size > maximumFileBytes) throw new PhotoProblem('too-large');
    const bytes = await file.readFile();
    const after = await file.stat();
    if (after.size !== bytes.length || after.mtimeMs !== before.mtimeMs) {
      throw new PhotoProblem('changed-while-reading');
    }
    return { bytes, modifiedMs: before.mtimeMs };
  } catch (error) {
    throw fileProblem(error);
  } finally {
    await file?.close();
  }
}
