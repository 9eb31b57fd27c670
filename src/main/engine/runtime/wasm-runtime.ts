import { readFile } from 'node:fs/promises';
import { liteRtVersion, loadWasmModule } from './node-wasm-module';
import { runWasmBuild } from './run-wasm-build';
import type { Runtime } from './runtime';
import type { WasmBuild } from './wasm-module';
import { hasRelaxedSimd } from './web-assembly';
import { weighWasmModel } from './weigh-wasm-model';

const build: WasmBuild = {
  get name() {
    // Known once it is loaded: loading may switch relaxed SIMD on.
    return `LiteRT ${liteRtVersion()} WebAssembly (${hasRelaxedSimd() ? 'relaxed SIMD' : 'SIMD'})`;
  },
  threads: 1,
  loadModule: loadWasmModule,
};

/** LiteRT's WebAssembly build in Node: one thread, works wherever Node does, in worker threads too. */
export async function createWasmRuntime(): Promise<Runtime> {
  return {
    ...(await runWasmBuild(build)),
    weigh: async (path) => ({
      peakBytes: await weighWasmModel(build, await readFile(path)),
      of: 'linear-memory',
    }),
  };
}
