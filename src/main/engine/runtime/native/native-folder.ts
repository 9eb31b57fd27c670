import { homedir } from 'node:os';
import { join } from 'node:path';

/** The wheel whose C API `native-library.ts` declares; another version has other parameters. */
export const nativeVersion = '2.3.0';

const libraryNames: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'libLiteRt.dll',
  darwin: 'libLiteRt.dylib',
};

export const nativeLibraryName = (platform: NodeJS.Platform = process.platform): string =>
  libraryNames[platform] ?? 'libLiteRt.so';

/**
 * Where `npm run litert-native:install` puts LiteRT's library and license: a cache of this
 * machine, outside of any checkout, or a folder of `POCKETLENS_HOME`.
 */
export function nativeFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const leaf = join('litert', `${nativeVersion}-${platform}-${process.arch}`);
  const own = environment['POCKETLENS_HOME'];
  if (own) return join(own, leaf);
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'Pocketlens Studio', leaf);
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
    return join(local, 'Pocketlens Studio', leaf);
  }
  return join(environment['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'pocketlens-studio', leaf);
}
