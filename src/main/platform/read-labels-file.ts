import { readFile } from 'node:fs/promises';
import { AppError } from '../../shared/api/errors';

/**
 * Labels of a text file, one a line; empty lines are none.
 * @throws AppError 'bad-request' when it can't be read.
 */
export async function readLabelsFile(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const remedy = 'Give a text file of labels, one a line.';
    throw new AppError('bad-request', `${file} can’t be read.`, remedy, { cause });
  });
  return text
    .split(/\r?\n/)
    .map((label) => label.trim())
    .filter((label) => label !== '');
}
