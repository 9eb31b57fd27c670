import { join } from 'node:path';
import { type RuntimeChoice, whyNot } from './choose-runtime';
import { nativeFolder, nativeLibraryName } from './native/native-folder';
import { createNativeRuntime } from './native/native-runtime';
import type { Runtime } from './runtime';
import { createWasmRuntime } from './wasm-runtime';

/**
 * A second implementation to hold the first one's answers against: WebAssembly beside the native library,
 * the native library beside WebAssembly.
 * @param main the runtime that `chooseRuntime` gave.
 * @returns undefined when there is no other one here, or `POCKETLENS_RUNTIME` allows WebAssembly only.
 */
export async function openOtherRuntime(
  main: Pick<Runtime, 'apart'>,
  { processFile, environment = process.env, say }: RuntimeChoice,
): Promise<Runtime | undefined> {
  if (main.apart) return createWasmRuntime();
  if (environment['POCKETLENS_RUNTIME'] === 'wasm') return undefined;
  const libraryFile = join(nativeFolder(environment), nativeLibraryName());
  if (whyNot(libraryFile) !== undefined) return undefined;
  try {
    return await createNativeRuntime({ processFile, libraryFile, threads: 1 });
  } catch (error) {
    say(`No second runtime: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
