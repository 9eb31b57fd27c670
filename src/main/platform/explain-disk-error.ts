import { AppError } from '../../shared/api/errors';

/** The code of an error of the operating system: 'ENOENT', 'EACCES' … */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * What to throw when something could not be written: a sentence where disk or permissions are to
 * blame, else the error itself.
 * @param what the subject of the sentence: "The upload", "The project in /a/b".
 */
export function explainDiskError(error: unknown, what: string): unknown {
  switch (systemCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError(
        'no-space',
        `${what} could not be written: the disk is full.`,
        'Free some space and try again.',
        { cause: error },
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new AppError(
        'not-writable',
        `${what} could not be written: permission denied.`,
        'Choose another place, or change the permissions of the folder.',
        { cause: error },
      );
    default:
      return error;
  }
}

/** The same where any failure means that it can't be written. */
export function cannotWrite(error: unknown, what: string): AppError {
  const explained = explainDiskError(error, what);
  if (explained instanceof AppError) return explained;
  return new AppError(
    'not-writable',
    `${what} can't be written.`,
    'Check that its folder is one, and that nothing else has this name.',
    { cause: error },
  );
}
