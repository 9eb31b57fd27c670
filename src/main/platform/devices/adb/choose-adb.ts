import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { AppError } from '../../../../shared/api/errors';
import { fileExists } from '../../file-exists';
import { probeAdb } from './probe-adb';

/**
 * The adb that a person means by a path: of the program, of the folder it is in, or of an Android SDK;
 * `~` is the home folder.
 * @returns its absolute path, once it has answered.
 * @throws AppError 'not-found' when nothing is there, 'tool-missing' when it is no adb that works.
 */
export async function adbMeantBy(typed: string): Promise<string> {
  const path = typed
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .replace(/^~(?=$|[\\/])/, homedir());
  if (!isAbsolute(path)) {
    throw new AppError(
      'not-found',
      `“${typed}” is not a whole path.`,
      'Give the path from the root on, like /opt/platform-tools/adb or C:\\platform-tools\\adb.exe.',
    );
  }
  const program = programAt(path);
  const probe = await probeAdb(program);
  if ('version' in probe) return program;
  throw new AppError(
    probe.problem === 'is not there' ? 'not-found' : 'tool-missing',
    `The adb at ${program} ${probe.problem}.`,
    'Choose the program adb in the folder “platform-tools” of an Android SDK; nothing was changed.',
  );
}

function programAt(path: string): string {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  const name = process.platform === 'win32' ? 'adb.exe' : 'adb';
  const inSdk = join(path, 'platform-tools', name);
  return fileExists(inSdk) ? inSdk : join(path, name);
}
