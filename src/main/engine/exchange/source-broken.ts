import { AppError } from '../../../shared/api/errors';

/** A file that describes photos can't be used. `why` ends the sentence "x.json …". */
export function sourceBroken(
  fileName: string,
  why: string,
  remedy = 'Get the file again from where it came from, or mend it. Nothing was changed.',
  cause?: unknown,
): AppError {
  return new AppError('source-unreadable', `${fileName} ${why}.`, remedy, { cause });
}
