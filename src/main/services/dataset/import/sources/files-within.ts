import { basename, dirname, relative, sep } from 'node:path';
import type { ImportFile, PreparedImport } from './prepare-import';

/**
 * Some files of a folder, as they were when that folder was imported whole: in subfolders they get
 * their labels, at its top none.
 */
export function filesWithin(root: string, paths: readonly string[]): PreparedImport {
  return {
    async *files(): AsyncGenerator<ImportFile> {
      for (const path of paths) {
        const folder = dirname(path);
        yield {
          kind: 'photo',
          path,
          relativePath: relative(root, path).split(sep).join('/'),
          ...(folder === root ? {} : { folder: basename(folder) }),
        };
      }
    },
    remove: () => Promise.resolve(),
  };
}
