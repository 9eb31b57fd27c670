import {
  adbInstallHint,
  type AdbSurroundings,
  findAdb,
  type FoundAdb,
} from '@main/platform/devices/adb/find-adb';
import { describe, expect, it } from 'vitest';

/** On a computer where adb is at some paths, and other programs at others. */
const look = (
  there: string[],
  surroundings: Partial<AdbSurroundings>,
  others: string[] = [],
): Promise<FoundAdb> =>
  findAdb({
    platform: 'linux',
    environment: {},
    home: '/home/ada',
    exists: (path) => [...there, ...others].includes(path),
    probe: async (path) => {
      if (there.includes(path)) return { version: '36.0.0' };
      return { problem: others.includes(path) ? 'is another program than adb' : 'is not there' };
    },
    ...surroundings,
  });

describe('adb is found', () => {
  it.each<[string, string, Partial<AdbSurroundings>]>([
    [
      'in the SDK of ANDROID_HOME',
      '/sdk/platform-tools/adb',
      { environment: { ANDROID_HOME: '/sdk', PATH: '/usr/bin' } },
    ],
    ['on the PATH', '/opt/x/adb', { environment: { PATH: '/bin:/opt/x' } }],
    ['where Debian puts it', '/usr/lib/android-sdk/platform-tools/adb', {}],
    ['where Android Studio puts it on Linux', '/home/ada/Android/Sdk/platform-tools/adb', {}],
    [
      'where Android Studio puts it on macOS',
      '/Users/ada/Library/Android/sdk/platform-tools/adb',
      { platform: 'darwin', home: '/Users/ada' },
    ],
    ['where Homebrew puts it', '/opt/homebrew/bin/adb', { platform: 'darwin' }],
    [
      'where Android Studio puts it on Windows',
      'C:\\Users\\Ada\\AppData\\Local\\Android\\Sdk\\platform-tools\\adb.exe',
      { platform: 'win32', home: 'C:\\Users\\Ada' },
    ],
    [
      'in LOCALAPPDATA when that is elsewhere',
      'D:\\local\\Android\\Sdk\\platform-tools\\adb.exe',
      { platform: 'win32', environment: { LOCALAPPDATA: 'D:\\local' } },
    ],
    [
      'on the Path of Windows',
      'E:\\tools\\adb.exe',
      { platform: 'win32', environment: { Path: 'C:\\Windows;E:\\tools' } },
    ],
    [
      'where Visual Studio puts it on Windows',
      'C:\\Program Files (x86)\\Android\\android-sdk\\platform-tools\\adb.exe',
      { platform: 'win32' },
    ],
    [
      'in C:\\platform-tools, as the hint for Windows says',
      'C:\\platform-tools\\adb.exe',
      { platform: 'win32' },
    ],
    [
      'where winget links it on Windows',
      'C:\\Users\\Ada\\AppData\\Local\\Microsoft\\WinGet\\Links\\adb.exe',
      { platform: 'win32', home: 'C:\\Users\\Ada' },
    ],
    ['where Homebrew puts it on Intel', '/usr/local/bin/adb', { platform: 'darwin' }],
    ['where MacPorts puts it', '/opt/local/bin/adb', { platform: 'darwin' }],
  ])('%s', async (_, path, surroundings) => {
    expect(await look([path], surroundings)).toEqual({ path, version: '36.0.0' });
  });

  it('by ADB before what a person chose, and by that before all else', async () => {
    const environment = { ADB: '/by/env/adb', ANDROID_HOME: '/sdk' };
    const setting = () => '/by/hand/adb';
    const there = ['/sdk/platform-tools/adb', '/by/hand/adb', '/by/env/adb'];
    expect(await look(there, { environment, setting })).toMatchObject({
      path: '/by/env/adb',
      origin: 'environment',
    });
    expect(await look(there, { environment: { ANDROID_HOME: '/sdk' }, setting })).toMatchObject({
      path: '/by/hand/adb',
      origin: 'setting',
    });
    expect(await look(there, { environment: { ADB: '', ANDROID_HOME: '/sdk' } })).toEqual({
      path: '/sdk/platform-tools/adb',
      version: '36.0.0',
    });
  });

  it('never elsewhere when ADB names one that does not work', async () => {
    const environment = { ADB: '/nowhere/adb', PATH: '/usr/bin' };
    const found = await look(['/usr/bin/adb'], { environment, setting: () => '/usr/bin/adb' });
    expect(found).toMatchObject({
      path: '/nowhere/adb',
      problem: {
        code: 'tool-missing',
        message: 'ADB names /nowhere/adb, which is not there.',
        remedy: expect.stringContaining('unset it'),
      },
    });
  });

  it('elsewhere when the chosen one no longer works, and that is said', async () => {
    const surroundings = { environment: { PATH: '/opt' }, setting: () => '/gone/adb' };
    expect(await look(['/opt/adb'], surroundings)).toEqual({
      path: '/opt/adb',
      version: '36.0.0',
      notice: 'The adb that was chosen, /gone/adb, is not there: choose another one, or forget it.',
    });
    expect(await look([], surroundings)).toMatchObject({
      problem: { message: expect.stringMatching(/chosen, \/gone\/adb, .* adb is not installed/) },
    });
  });

  it('behind a program of the same name that is something else', async () => {
    const surroundings = { environment: { PATH: '/shadow:/opt' } };
    expect(await look(['/opt/adb'], surroundings, ['/shadow/adb'])).toMatchObject({
      path: '/opt/adb',
    });
    expect(await look([], surroundings, ['/shadow/adb'])).toMatchObject({
      path: '/shadow/adb',
      problem: { message: expect.stringContaining('another program than adb') },
    });
  });

  it('nowhere when it is nowhere, and each system is told how to get it', async () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const found = await look([], { platform });
      expect(found).toMatchObject({
        problem: {
          message: expect.stringContaining('not installed'),
          remedy: adbInstallHint(platform),
        },
      });
      expect(adbInstallHint(platform)).toMatch(/install|unpack/i);
      expect(adbInstallHint(platform)).toContain('pocketlens doctor --adb PATH');
    }
  });
});
