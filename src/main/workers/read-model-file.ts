import { readFile } from 'node:fs/promises';
import { AppError } from '../../shared/api/errors';

/**
 * The bytes of a model's file.
 * @throws AppError 'model-unreadable' when it is gone or can't be opened.
 */
export async function readModelFile(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new AppError(
      'model-unreadable',
      `The model file ${file} can’t be read.`,
      'Check that it is still there, or make the model again.',
      { cause },
    );
  }
}
