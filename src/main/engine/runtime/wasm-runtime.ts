import { AppError } from '../../../shared/api/errors';
import type { LoadedModel, Runtime } from './runtime';
import { startWasmInstance } from './wasm-instance';
import { loadWasmModel } from './wasm-model';
import { hasRelaxedSimd, liteRtVersion } from './wasm-module';

/**
 * LiteRT's WebAssembly build: one thread, works wherever Node does, in worker threads too. A
 * model that makes it abort takes down the module with all models loaded in it; the next `load`
 * starts a new one.
 */
export async function createWasmRuntime(): Promise<Runtime> {
  let instance = await startWasmInstance();
  let disposed = false;
  const models = new Set<LoadedModel>();

  return {
    name: `LiteRT ${liteRtVersion()} WebAssembly (${hasRelaxedSimd() ? 'relaxed SIMD' : 'SIMD'})`,
    threads: 1,
    apart: false,
    async load(file) {
      if (disposed) throw new AppError('runtime-failed', 'LiteRT was closed before this model.');
      if (instance.aborted) instance = await startWasmInstance();
      const model = loadWasmModel(instance, file, () => models.delete(model));
      models.add(model);
      return model;
    },
    async dispose() {
      disposed = true;
      for (const model of models) model.dispose();
    },
  };
}
