import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

export interface PhoneFaults {
  /** `/data/local/tmp` is closed to the shell, as on some makers' phones. */
  denyStaging?: boolean;
  /** Apps' folders are closed to the shell. */
  denyApps?: boolean;
  /** What the package manager says instead of taking an app. */
  installProblem?: string;
  /** One byte of every file arrives as another one. */
  corrupts?: boolean;
}

/** The disk of a pretended phone: a folder of this computer, with a capacity. */
export interface PhoneFiles {
  /** Where the phone's `/` lies. */
  readonly root: string;
  capacity: number;
  faults: PhoneFaults;
  local(path: string): string;
  freeBytes(): number;
  isDenied(path: string): boolean;
}

export const stagingFolder = '/data/local/tmp';

export function createPhoneFiles(root: string): PhoneFiles {
  for (const folder of [stagingFolder, '/sdcard/Download', '/sdcard/DCIM/Camera']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  const files: PhoneFiles = {
    root,
    capacity: 1 << 30,
    faults: {},
    local: (path) => join(root, posix.normalize(`/${path}`)),
    freeBytes: () => Math.max(0, files.capacity - usedBytes(root)),
    isDenied: (path) =>
      (files.faults.denyStaging === true && path.startsWith(stagingFolder)) ||
      (files.faults.denyApps === true && path.startsWith('/sdcard/Android/data')),
  };
  return files;
}

function usedBytes(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return usedBytes(path);
      // Another shell may be moving it right now.
      return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}
