import { stat } from 'node:fs/promises';

/** What tells cheaply whether a file is likely still the same. */
export interface FileStamp {
  bytes: number;
  modifiedMs: number;
}

/** Looks at many files at once; undefined where there is no readable file. */
export function statFiles(paths: readonly string[]): Promise<(FileStamp | undefined)[]> {
  return Promise.all(
    paths.map(async (path) => {
      try {
        const stats = await stat(path);
        return stats.isFile() ? { bytes: stats.size, modifiedMs: stats.mtimeMs } : undefined;
      } catch {
        return undefined;
      }
    }),
  );
}
