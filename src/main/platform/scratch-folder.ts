import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cannotWrite } from './explain-disk-error';
import { removeFolder } from './folder-writer';

/** A folder for what lasts as long as one piece of work. */
export interface ScratchFolder {
  /** Makes another empty folder in it. */
  next(): Promise<string>;
  remove(): Promise<void>;
}

/** Its name ends in `.partial`: the next program to open the project removes what a crash left. */
export function createScratchFolder(parent: string): ScratchFolder {
  const folder = join(parent, `${randomUUID()}.partial`);
  let count = 0;
  return {
    async next() {
      count += 1;
      const path = join(folder, String(count));
      try {
        await mkdir(path, { recursive: true });
      } catch (error) {
        throw cannotWrite(error, path);
      }
      return path;
    },
    remove: () => removeFolder(folder),
  };
}
