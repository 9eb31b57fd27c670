import { posix, win32 } from 'node:path';

export interface LibrarySurroundings {
  platform: NodeJS.Platform;
  environment: Readonly<Record<string, string | undefined>>;
}

/** Files to be tried, in this order; a bare name is looked up by the system's loader. */
export interface LibraryCandidates {
  imobiledevice: string[];
  plist: string[];
}

/** The folder that holds libimobiledevice, said by a person. */
export const folderVariable = 'POCKETLENS_IMOBILEDEVICE';

/** Debian's names and upstream's; `.so.6` stayed with libimobiledevice 1.4, libplist went to 4. */
const names: Record<'linux' | 'darwin' | 'win32', LibraryCandidates> = {
  linux: {
    imobiledevice: ['libimobiledevice-1.0.so.6', 'libimobiledevice.so.6'],
    plist: ['libplist-2.0.so.4', 'libplist-2.0.so.3', 'libplist.so.3'],
  },
  darwin: {
    imobiledevice: ['libimobiledevice-1.0.6.dylib', 'libimobiledevice.6.dylib'],
    plist: ['libplist-2.0.4.dylib', 'libplist-2.0.3.dylib'],
  },
  win32: {
    imobiledevice: ['libimobiledevice-1.0.dll', 'imobiledevice.dll'],
    plist: ['libplist-2.0.dll', 'plist.dll'],
  },
};

/** Where libimobiledevice and libplist may be on this kind of computer. */
export function libraryCandidates({
  platform,
  environment,
}: LibrarySurroundings): LibraryCandidates {
  const isWindows = platform === 'win32';
  const { join } = isWindows ? win32 : posix;
  const said = environment[folderVariable];
  const folders = said === undefined || said === '' ? usualFolders() : [said];
  const files = names[isWindows ? 'win32' : platform === 'darwin' ? 'darwin' : 'linux'];
  const everywhere = (of: readonly string[]) =>
    // What a person said is the answer, also when it is not there.
    [...folders.flatMap((folder) => of.map((name) => join(folder, name))), ...(said ? [] : of)];
  return { imobiledevice: everywhere(files.imobiledevice), plist: everywhere(files.plist) };

  function usualFolders(): string[] {
    switch (platform) {
      case 'darwin':
        // Homebrew on Apple silicon and on Intel, MacPorts.
        return ['/opt/homebrew/lib', '/usr/local/lib', '/opt/local/lib'];
      case 'win32':
        return [
          join(environment['ProgramFiles'] ?? 'C:\\Program Files', 'libimobiledevice'),
          'C:\\msys64\\ucrt64\\bin',
          'C:\\msys64\\mingw64\\bin',
        ];
      default:
        return [];
    }
  }
}

/** How to get libimobiledevice on this kind of computer. */
export function libraryInstallHint(platform: NodeJS.Platform): string {
  const choose = `or set ${folderVariable} to the folder that holds it.`;
  switch (platform) {
    case 'win32':
      return `Install “Apple Devices” from the Microsoft Store, and libimobiledevice with MSYS2 (“pacman -S mingw-w64-ucrt-x86_64-libimobiledevice”), ${choose}`;
    case 'darwin':
      return `Run “brew install libimobiledevice”, ${choose}`;
    default:
      return `Install libimobiledevice and usbmuxd (Debian, Ubuntu: “sudo apt install libimobiledevice6 usbmuxd”, newer ones “libimobiledevice-1.0-6”), ${choose}`;
  }
}
