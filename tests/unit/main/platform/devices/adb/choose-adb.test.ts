import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adbMeantBy } from '@main/platform/devices/adb/choose-adb';
import { probeAdb } from '@main/platform/devices/adb/probe-adb';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../fixtures/temporary-folder';

/** A program of the test's own: a script for /bin/sh. */
function program(path: string, script: string, mode = 0o755): string {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, mode);
  return path;
}

const says = (...lines: string[]) => lines.map((line) => `echo '${line}'`).join('\n');
const adb36 = says('Android Debug Bridge version 1.0.41', 'Version 36.0.0-13206524');

/** Programs are scripts of a shell, which Windows has not. */
describe.skipIf(process.platform === 'win32')('an adb that a person chooses', () => {
  it('is meant by its path, its folder or its SDK, once it has answered', async () => {
    const sdk = temporaryFolder();
    mkdirSync(join(sdk, 'platform-tools'));
    const path = program(join(sdk, 'platform-tools', 'adb'), adb36);
    for (const typed of [path, ` "${path}" `, join(sdk, 'platform-tools'), sdk]) {
      expect(await adbMeantBy(typed)).toBe(path);
    }
    expect(await probeAdb(path)).toEqual({ version: '36.0.0-13206524' });
  });

  it.each<[string, (folder: string) => string, RegExp]>([
    ['is not there', (folder) => join(folder, 'adb'), /is not there/],
    [
      'is another program',
      (folder) => program(join(folder, 'x'), says('hello')),
      /another program/,
    ],
    ['fails', (folder) => program(join(folder, 'x'), 'exit 3'), /ended with 3/],
    [
      'may not be run',
      (folder) => program(join(folder, 'x'), adb36, 0o644),
      /not a program that may be run/,
    ],
    ['has no adb in its folder', (folder) => folder, /adb is not there/],
    ['is no whole path', () => 'platform-tools/adb', /not a whole path/],
  ])('is refused when it %s, with what to do', async (_, make, words) => {
    const typed = make(temporaryFolder());
    await expect(adbMeantBy(typed)).rejects.toMatchObject({
      message: expect.stringMatching(words),
      remedy: expect.any(String),
    });
  });

  it('is asked again when the file has changed', async () => {
    const path = program(join(temporaryFolder(), 'adb'), adb36);
    expect(await probeAdb(path)).toEqual({ version: '36.0.0-13206524' });
    program(path, 'exit 1');
    expect(await probeAdb(path)).toEqual({ problem: 'ended with 1' });
  });
});
