import { AppError } from '../../../shared/api/errors';

/** Primary result codes, https://sqlite.org/rescode.html. */
const BUSY = 5;
const READONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** The primary result code of an error that SQLite raised; undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  // Extended codes keep the primary one in their lowest byte.
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === BUSY;
}

/** The file's bytes are no database, or a broken one. */
export function isDamaged(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === CORRUPT || code === NOTADB;
}

export function projectDamaged(file: string, cause?: unknown): AppError {
  return new AppError(
    'project-damaged',
    `The project's database is damaged: ${file}.`,
    'Nothing was changed. Put back a copy of the project from a backup, or make a new project and import the photos again.',
    { cause },
  );
}

/** What to throw for an error of the project's database: a sentence where the disk is to blame. */
export function explainSqliteError(error: unknown, file: string): unknown {
  if (isDamaged(error)) return projectDamaged(file, error);
  switch (sqliteCode(error)) {
    case FULL:
      return new AppError(
        'no-space',
        `The disk is full: ${file} could not be written.`,
        'Free some space and try again; what was saved before is safe.',
        { cause: error },
      );
    case READONLY:
    case CANTOPEN:
      return new AppError(
        'not-writable',
        `${file} can't be written.`,
        'Check that you may write to this folder and that its disk is not read-only.',
        { cause: error },
      );
    case BUSY:
      return new AppError(
        'busy',
        `Another program is using ${file}.`,
        'Close the program that has the file open and try again.',
        { cause: error },
      );
    default:
      return error;
  }
}
