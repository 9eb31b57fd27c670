import { machineCacheFolder } from '../../machine-cache';

/** The wheel whose C API `native-library.ts` declares; another version has other parameters. */
export const nativeVersion = '2.3.0';

const libraryNames: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'libLiteRt.dll',
  darwin: 'libLiteRt.dylib',
};

export const nativeLibraryName = (platform: NodeJS.Platform = process.platform): string =>
  libraryNames[platform] ?? 'libLiteRt.so';

/** Where `npm run litert-native:install` puts LiteRT's library and license. */
export const nativeFolder = (
  environment?: Readonly<Record<string, string | undefined>>,
  platform?: NodeJS.Platform,
  home?: string,
): string => machineCacheFolder('litert', nativeVersion, environment, platform, home);
