import { posix, win32 } from 'node:path';
import { AppError } from '../../../../shared/api/errors';
import type { Probe } from './probe-adb';

/** What the look-up asks the computer, so that a test can answer for another one. */
export interface AdbSurroundings {
  platform: NodeJS.Platform;
  environment: Readonly<Record<string, string | undefined>>;
  home: string;
  /** What a person chose in the studio, now. */
  setting?: () => string | undefined;
  exists(path: string): boolean;
  probe(path: string): Promise<Probe>;
}

/** Which adb there is. */
export type FoundAdb =
  | {
      path: string;
      /** Of its build: "29.0.6-debian". */
      version: string;
      /** Who says that it is this one; absent: it was looked for. */
      origin?: 'environment' | 'setting';
      /** Why it is not the one that was chosen, and what to do about that. */
      notice?: string;
    }
  | {
      /** One that does not work. */
      path?: string;
      origin?: 'environment';
      notice?: string;
      problem: AppError;
    };

/**
 * Where adb is: named by `ADB`, chosen by a person, in the Android SDK, on the PATH, or in a place where
 * installers put it. `ADB` is said for this one run, so what it names is the answer also when it is
 * not there or does not work. A choice that was made long ago and no longer works is passed over, and
 * `notice` says so.
 */
export async function findAdb(surroundings: AdbSurroundings): Promise<FoundAdb> {
  const { environment, platform, exists, probe } = surroundings;
  const named = environment['ADB'];
  if (named !== undefined && named !== '') {
    const answer = await probe(named);
    if ('version' in answer) return { path: named, ...answer, origin: 'environment' };
    const problem = new AppError(
      'tool-missing',
      `ADB names ${named}, which ${answer.problem}.`,
      'Set the environment variable ADB to an adb that works, or unset it so that one is looked for.',
    );
    return { path: named, origin: 'environment', problem };
  }

  const chosen = surroundings.setting?.();
  let notice: string | undefined;
  if (chosen !== undefined) {
    const answer = await probe(chosen);
    if ('version' in answer) return { path: chosen, ...answer, origin: 'setting' };
    notice = `The adb that was chosen, ${chosen}, ${answer.problem}: choose another one, or forget it.`;
  }

  let broken: { path: string; problem: string } | undefined;
  for (const path of new Set(adbCandidates(surroundings))) {
    if (!exists(path)) continue;
    const answer = await probe(path);
    if ('version' in answer)
      return { path, ...answer, ...(notice === undefined ? {} : { notice }) };
    broken ??= { path, ...answer };
  }
  const says = broken
    ? `The adb at ${broken.path} ${broken.problem}: without it no Android phone is found.`
    : 'adb is not installed: without it no Android phone is found.';
  return {
    ...(broken ? { path: broken.path } : {}),
    ...(notice === undefined ? {} : { notice }),
    problem: new AppError(
      'tool-missing',
      [notice, says].filter(Boolean).join(' '),
      adbInstallHint(platform),
    ),
  };
}

/** In the order in which they are tried. */
export function adbCandidates({
  platform,
  environment,
  home,
}: Pick<AdbSurroundings, 'platform' | 'environment' | 'home'>): string[] {
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
          join(local, 'Microsoft', 'WinGet', 'Links', name),
        ];
      }
      case 'darwin':
        return [
          ofSdk(join(home, 'Library', 'Android', 'sdk')),
          '/opt/homebrew/bin/adb',
          '/usr/local/bin/adb',
          '/opt/local/bin/adb',
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
  const choose = 'or choose where adb is (Deploy, or “pocketlens doctor --adb PATH”).';
  switch (platform) {
    case 'win32':
      return `Run “winget install Google.PlatformTools”, unpack Google’s platform-tools to C:\\platform-tools, ${choose}`;
    case 'darwin':
      return `Run “brew install android-platform-tools”, ${choose}`;
    default:
      return `Install the package “adb” (Debian, Ubuntu: “sudo apt install adb”) or “android-tools”, ${choose}`;
  }
}
