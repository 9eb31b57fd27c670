import { rm } from 'node:fs/promises';

/** Removes a file that may not be there, such as one that a failed job left half-written. */
export function removeFile(path: string): Promise<void> {
  return rm(path, { force: true });
}
