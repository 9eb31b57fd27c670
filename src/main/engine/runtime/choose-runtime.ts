import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/api/errors';
import { nativeFolder, nativeLibraryName } from './native/native-folder';
import { hasKoffi } from './native/native-library';
import { createNativeRuntime } from './native/native-runtime';
import type { Runtime } from './runtime';
import { createWasmRuntime } from './wasm-runtime';

export interface RuntimeChoice {
  /** The built `native/native-process.ts`. */
  processFile: string;
  /** `POCKETLENS_RUNTIME` forces one; `POCKETLENS_HOME` moves the library. Default this process's. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Gets a sentence when WebAssembly is used because the native library can't be. */
  say(sentence: string): void;
}

/**
 * LiteRT's native library where it is, WebAssembly elsewhere.
 * @throws AppError 'bad-request' for an unknown `POCKETLENS_RUNTIME`, 'runtime-failed' when it
 * says native and there is none.
 */
export async function chooseRuntime({
  processFile,
  environment = process.env,
  say,
}: RuntimeChoice): Promise<Runtime> {
  const asked = environment['POCKETLENS_RUNTIME'] ?? '';
  if (!['', 'wasm', 'native'].includes(asked)) {
    throw new AppError(
      'bad-request',
      `POCKETLENS_RUNTIME is ${asked}, which is no runtime.`,
      'Set it to wasm or native, or leave it out.',
    );
  }
  if (asked === 'wasm') return createWasmRuntime();
  const libraryFile = join(nativeFolder(environment), nativeLibraryName());
  const missing = whyNot(libraryFile);
  if (missing === undefined) {
    try {
      return await createNativeRuntime({ processFile, libraryFile, threads: 1 });
    } catch (error) {
      if (asked === 'native') throw error;
      say(`WebAssembly runs the models. ${error instanceof Error ? error.message : String(error)}`);
      return createWasmRuntime();
    }
  }
  if (asked === 'native') {
    throw new AppError(
      'runtime-failed',
      `POCKETLENS_RUNTIME asks for LiteRT’s native library, but ${missing}.`,
      'Run npm run litert-native:install, or set POCKETLENS_RUNTIME=wasm.',
    );
  }
  say(`WebAssembly runs the models, because ${missing}. npm run litert-native:install is faster.`);
  return createWasmRuntime();
}

/** What is missing for the native library, as part of a sentence. */
export function whyNot(libraryFile: string): string | undefined {
  if (!existsSync(libraryFile)) return `there is no ${libraryFile}`;
  if (!hasKoffi()) return 'the optional package koffi is not installed';
  return undefined;
}
