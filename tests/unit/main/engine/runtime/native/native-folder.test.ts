import { nativeFolder, nativeLibraryName } from '@main/engine/runtime/native/native-folder';
import { expect, it } from 'vitest';

it('the library lies in a folder of its version', () => {
  expect(nativeFolder({}, 'linux', '/home/ann')).toMatch(/litert.2\.3\.0-linux-/);
});

it('the library is named as each system names libraries', () => {
  expect(nativeLibraryName('linux')).toBe('libLiteRt.so');
  expect(nativeLibraryName('darwin')).toBe('libLiteRt.dylib');
  expect(nativeLibraryName('win32')).toBe('libLiteRt.dll');
});
