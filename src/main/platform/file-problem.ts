import { PhotoProblem } from '../../shared/domain/photo-problem';

/** The file system's error as a reason that a person understands. */
export function fileProblem(error: unknown): PhotoProblem {
  if (error instanceof PhotoProblem) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const options = { cause: error };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new PhotoProblem('gone', undefined, options);
    case 'ELOOP':
      return new PhotoProblem('link-loop', undefined, options);
    case 'EISDIR':
    case 'ENXIO':
    case 'ENODEV':
      return new PhotoProblem('not-a-file', undefined, options);
    case 'EACCES':
    case 'EPERM':
      return new PhotoProblem(
        'unreadable',
        'The file can’t be read: permission denied. Change its permissions.',
        options,
      );
    default:
      return new PhotoProblem('unreadable', undefined, options);
  }
}
