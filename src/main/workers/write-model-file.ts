import { writeFile } from 'node:fs/promises';
import { cannotWrite } from '../platform/explain-disk-error';
import { removeFile } from '../platform/remove-file';

/**
 * Writes a model, whole or not at all. Flushed, because the project's database will name the file:
 * after a power cut it must be there.
 * @throws AppError 'no-space', 'not-writable'.
 */
export async function writeModelFile(path: string, file: Uint8Array): Promise<void> {
  try {
    await writeFile(path, file, { flush: true });
  } catch (error) {
    await removeFile(path);
    throw cannotWrite(error, path);
  }
}
