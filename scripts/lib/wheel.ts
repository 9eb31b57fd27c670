// Wheels of PyPI as carriers of native libraries: found by pip, unpacked without Python.
import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { entriesOf, openZip, readEntry } from '../../src/main/platform/zip-entries';

/** Why something can't be had, and what to do about it. */
export type Problem = [reason: string, remedy: string];

interface Pip {
  command: string;
  before: string[];
}

export function findPip(): Pip | undefined {
  const candidates: Pip[] = [
    { command: 'python3', before: ['-m', 'pip'] },
    { command: 'python', before: ['-m', 'pip'] },
    { command: 'pip3', before: [] },
    { command: 'pip', before: [] },
  ];
  return candidates.find(({ command, before }) => works(command, [...before, '--version']));
}

/** Whether a program is there and answers. */
export const works = (command: string, args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 }).status === 0;

/**
 * Downloads a package's wheel for this platform into `folder`. Returns its path, or the last thing
 * that pip said.
 */
export async function downloadWheel(
  pip: Pip,
  requirement: string,
  folder: string,
  limitMs: number,
): Promise<{ wheel: string } | { said: string }> {
  const args = [
    ...['download', requirement, '--no-deps', '--only-binary', ':all:'],
    // Libraries are the same in the wheels of all Pythons; with this, the version here is all one.
    ...['--python-version', '3.11', '--quiet', '--disable-pip-version-check', '--dest', folder],
  ];
  const { status, stderr } = spawnSync(pip.command, [...pip.before, ...args], {
    encoding: 'utf8',
    timeout: limitMs,
  });
  const name = (await readdir(folder)).find((file) => file.endsWith('.whl'));
  if (status === 0 && name !== undefined) return { wheel: join(folder, name) };
  return { said: stderr.trim().split('\n').at(-1) ?? '' };
}

/** Writes those files of a wheel for which `placeOf` names a place. Returns their names. */
export async function unpackWheel(
  wheel: string,
  placeOf: (name: string) => string | undefined,
): Promise<string[]> {
  const zip = await openZip(wheel);
  const written: string[] = [];
  try {
    for await (const entry of entriesOf(zip)) {
      const place = placeOf(entry.fileName);
      if (place === undefined) continue;
      await mkdir(dirname(place), { recursive: true });
      await pipeline(await readEntry(zip, entry), createWriteStream(place));
      written.push(entry.fileName);
    }
  } finally {
    zip.close();
  }
  return written;
}
