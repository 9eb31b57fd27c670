import { adbInstallHint, type AdbSurroundings, findAdb } from '@main/platform/devices/adb/find-adb';
import { describe, expect, it } from 'vitest';

const look = (there: string[], surroundings: Partial<AdbSurroundings>) =>
  findAdb({
    platform: 'linux',
    environment: {},
    home: '/home/ada',
    exists: (path) => there.includes(path),
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
  ])('%s', (_, path, surroundings) => {
    expect(look([path], surroundings)).toBe(path);
  });

  it('by what a person said, before ADB, before all else', () => {
    const environment = { ADB: '/by/env/adb', ANDROID_HOME: '/sdk' };
    const there = ['/sdk/platform-tools/adb'];
    expect(look(there, { environment, setting: '/by/hand/adb' })).toBe('/by/hand/adb');
    expect(look(there, { environment })).toBe('/by/env/adb');
  });

  it('nowhere when it is nowhere', () => {
    expect(look([], {})).toBeUndefined();
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(adbInstallHint(platform)).toMatch(/install|unpack/i);
    }
  });
});
