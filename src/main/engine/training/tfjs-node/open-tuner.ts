import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppError } from '../../../../shared/api/errors';
import { connectTuner, type Tuner } from './connect-tuner';
import {
  addonApiVersion,
  isTfjsNodeBuilt,
  tfjsNodeFolder,
  tfjsNodePackage,
} from './tfjs-node-folder';

export interface TunerChoice {
  /** The built `tuner-process.ts`. */
  processFile: string;
  /** `POCKETLENS_HOME` moves what was built. Default this process's. */
  environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Starts TensorFlow: what `npm run tfjs-node:build` built, otherwise the optional package where its
 * own download worked.
 * @throws AppError 'not-ready' where there is neither, 'runtime-failed' when it can't be loaded.
 */
export async function openTuner({ processFile, environment }: TunerChoice): Promise<Tuner> {
  const packageFolder = findTfjsNode(tfjsNodeFolder(environment));
  if (packageFolder === undefined) {
    throw new AppError(
      'not-ready',
      'Fine-tuning needs TensorFlow’s C library, which is not on this machine.',
      'Run npm run tfjs-node:build once in the studio’s folder (Linux; about 600 MB to download), then try again. Heads are trained without it.',
    );
  }
  return connectTuner({ processFile, packageFolder });
}

function findTfjsNode(built: string): string | undefined {
  if (isTfjsNodeBuilt(built)) return tfjsNodePackage(built);
  try {
    const require = createRequire(import.meta.url);
    const folder = dirname(require.resolve('@tensorflow/tfjs-node/package.json'));
    const addon = join(folder, 'lib', `napi-v${addonApiVersion}`, 'tfjs_binding.node');
    return existsSync(addon) ? folder : undefined;
  } catch {
    return undefined;
  }
}
