import { posix, win32 } from 'node:path';

/** What the look-up asks the computer, so that a test can answer for another one. */
export interface AdbSurroundings {
  platform: NodeJS.Platform;
  environment: Readonly<Record<string, string | undefined>>;
  home: string;
  /** What a person said where it is. */
  setting?: string;
  exists(path: string): boolean;
}

/**
 * Where adb is: said by a person, by `ADB`, in the Android SDK, on the PATH, or in a place where
 * installers put it. What was said but is not there is not passed over in silence: it is the answer.
 */
export function findAdb(surroundings: AdbSurroundings): string | undefined {
  const said = surroundings.setting ?? surroundings.environment['ADB'];
  if (said !== undefined && said !== '') return said;
  return adbCandidates(surroundings).find((path) => surroundings.exists(path));
}

/** In the order in which they are tried. */
export function adbCandidates({ platform, environment, home }: AdbSurroundings): string[] {
  const isWindows = platform === 'win32';
  const { join } = isWindows ? win32 : posix;
  const name = isWindows ? 'adb.exe' : 'adb';
  const ofSdk = (folder: string) => join(folder, 'platform-tools', name);
  const sdks = ['ANDROID_HOME', 'ANDROID_SDK_ROOT'].flatMap((key) => environment[key] ?? []);
  // Windows calls it Path.
  const path = environment['PATH'] ?? environment['Path'] ?? '';
  const onPath = path
    .split(isWindows ? ';' : ':')
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name));
  return [...sdks.map(ofSdk), ...onPath, ...usualPlaces()];

  function usualPlaces(): string[] {
    switch (platform) {
      case 'win32': {
        const local = environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
        const programs = environment['ProgramFiles(x86)'] ?? 'C:\\Program Files (x86)';
        return [
          ofSdk(join(local, 'Android', 'Sdk')),
          ofSdk(join(programs, 'Android', 'android-sdk')),
          ofSdk('C:\\'),
        ];
      }
      case 'darwin':
        return [
          ofSdk(join(home, 'Library', 'Android', 'sdk')),
          '/opt/homebrew/bin/adb',
          '/usr/local/bin/adb',
        ];
      default:
        return [
          ofSdk(join(home, 'Android', 'Sdk')),
          '/usr/bin/adb',
          '/usr/lib/android-sdk/platform-tools/adb',
          '/opt/android-sdk/platform-tools/adb',
        ];
    }
  }
}

/** How to get adb on this kind of computer. */
export function adbInstallHint(platform: NodeJS.Platform): string {
  const choose = 'or set ADB to where it is.';
  switch (platform) {
    case 'win32':
      return `Run “winget install Google.PlatformTools”, unpack Google’s platform-tools to C:\\platform-tools, ${choose}`;
    case 'darwin':
      return `Run “brew install android-platform-tools”, ${choose}`;
    default:
      return `Install the package “adb” (Debian, Ubuntu: “sudo apt install adb”) or “android-tools”, ${choose}`;
  }
}
