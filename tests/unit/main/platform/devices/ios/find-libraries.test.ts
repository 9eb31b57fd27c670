import { libraryCandidates, libraryInstallHint } from '@main/platform/devices/ios/find-libraries';
import { describe, expect, it } from 'vitest';

describe('libimobiledevice is looked for', () => {
  it.each([
    ['linux', 'libimobiledevice-1.0.so.6', 'libplist-2.0.so.3'],
    [
      'darwin',
      '/opt/homebrew/lib/libimobiledevice-1.0.6.dylib',
      '/opt/homebrew/lib/libplist-2.0.4.dylib',
    ],
    [
      'darwin',
      '/usr/local/lib/libimobiledevice-1.0.6.dylib',
      '/usr/local/lib/libplist-2.0.3.dylib',
    ],
    [
      'win32',
      'C:\\Program Files\\libimobiledevice\\imobiledevice.dll',
      'C:\\msys64\\ucrt64\\bin\\libplist-2.0.dll',
    ],
  ] as const)('on %s: %s', (platform, imobiledevice, plist) => {
    const candidates = libraryCandidates({ platform, environment: {} });
    expect(candidates.imobiledevice).toContain(imobiledevice);
    expect(candidates.plist).toContain(plist);
  });

  it('in the folder that a person said, and nowhere else', () => {
    const environment = { POCKETLENS_IMOBILEDEVICE: 'D:\\phones' };
    const { imobiledevice } = libraryCandidates({ platform: 'win32', environment });
    expect(imobiledevice).toEqual([
      'D:\\phones\\libimobiledevice-1.0.dll',
      'D:\\phones\\imobiledevice.dll',
    ]);
  });

  it('and where it is not, each system is told how to get it', () => {
    expect(libraryInstallHint('linux')).toContain('apt install');
    expect(libraryInstallHint('darwin')).toContain('brew install libimobiledevice');
    expect(libraryInstallHint('win32')).toContain('Apple Devices');
  });
});
