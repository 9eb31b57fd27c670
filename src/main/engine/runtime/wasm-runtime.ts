import { liteRtVersion, loadWasmModule } from './node-wasm-module';
import { runWasmBuild } from './run-wasm-build';
import type { Runtime } from './runtime';
import { hasRelaxedSimd } from './web-assembly';

/** LiteRT's WebAssembly build in Node: one thread, works wherever Node does, in worker threads too. */
export function createWasmRuntime(): Promise<Runtime> {
  return runWasmBuild({
    get name() {
      // Known once it is loaded: loading may switch relaxed SIMD on.
      return `LiteRT ${liteRtVersion()} WebAssembly (${hasRelaxedSimd() ? 'relaxed SIMD' : 'SIMD'})`;
    },
    threads: 1,
    loadModule: loadWasmModule,
  });
}
