import { nativeFolder, nativeLibraryName } from '@main/engine/runtime/native/native-folder';
import { describe, expect, it } from 'vitest';

describe('nativeFolder', () => {
  it.each([
    ['linux', {}, /^.home.ann.\.cache.pocketlens-studio.litert.2\.3\.0-linux-/],
    ['linux', { XDG_CACHE_HOME: '/cache' }, /^.cache.pocketlens-studio.litert/],
    ['darwin', {}, /^.home.ann.Library.Caches.Pocketlens Studio.litert.2\.3\.0-darwin-/],
    ['win32', { LOCALAPPDATA: '/local' }, /^.local.Pocketlens Studio.litert.2\.3\.0-win32-/],
    ['linux', { POCKETLENS_HOME: '/own' }, /^.own.litert.2\.3\.0-linux-/],
  ] as const)('on %s with %o', (platform, environment, expected) => {
    expect(nativeFolder(environment, platform, '/home/ann')).toMatch(expected);
  });
});

it('the library is named as each system names libraries', () => {
  expect(nativeLibraryName('linux')).toBe('libLiteRt.so');
  expect(nativeLibraryName('darwin')).toBe('libLiteRt.dylib');
  expect(nativeLibraryName('win32')).toBe('libLiteRt.dll');
});
