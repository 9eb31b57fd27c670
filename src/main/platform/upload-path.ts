import { AppError } from '../../shared/api/errors';

const MAXIMUM_LENGTH = 1_000;
const MAXIMUM_DEPTH = 32;

/**
 * The parts of a relative path that somebody else wrote (a browser, an archive), safe to join to
 * a folder: none is empty, `.`, `..`, a drive or holds a separator of any system.
 * @throws AppError 'upload-refused' for a path that leads anywhere else.
 */
export function safePathParts(path: string): string[] {
  const parts = path.split(/[/\\]/).filter((part) => part !== '.');
  const escapes =
    parts.length === 0 ||
    parts.length > MAXIMUM_DEPTH ||
    path.length > MAXIMUM_LENGTH ||
    path.includes('\0') ||
    parts.some((part) => part === '' || part === '..') ||
    /^[A-Za-z]:/.test(path);
  if (escapes) {
    throw new AppError(
      'upload-refused',
      `A file was refused because its path leads out of the upload: ${JSON.stringify(path.slice(0, 100))}.`,
      'Put the photos into a plain folder and choose that.',
    );
  }
  return parts;
}
