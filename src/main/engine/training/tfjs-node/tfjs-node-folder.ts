import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { machineCacheFolder } from '../../machine-cache';

/** Of the packages in `engines/tfjs-node` and of TensorFlow's C library that they are built with. */
export const tfjsNodeVersion = '4.22.0';
export const tensorFlowVersion = '2.21.0';

/** Where `npm run tfjs-node:build` puts the packages, the library and the addon between them. */
export const tfjsNodeFolder = (
  environment?: Readonly<Record<string, string | undefined>>,
  platform?: NodeJS.Platform,
  home?: string,
): string =>
  machineCacheFolder(
    'tfjs-node',
    `${tfjsNodeVersion}-tf${tensorFlowVersion}`,
    environment,
    platform,
    home,
  );

/** Node-API's version that the addon is compiled for: the newest that tfjs-node knows. */
export const addonApiVersion = 8;

export const tfjsNodePackage = (folder: string): string =>
  join(folder, 'node_modules', '@tensorflow', 'tfjs-node');

/** The compiled addon: the last piece that the build puts into its place. */
export const addonFile = (folder: string): string =>
  join(tfjsNodePackage(folder), 'lib', `napi-v${addonApiVersion}`, 'tfjs_binding.node');

/** Whether `npm run tfjs-node:build` came to its end. */
export const isTfjsNodeBuilt = (folder: string): boolean => existsSync(addonFile(folder));
