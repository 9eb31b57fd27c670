import { AppError } from '../../../shared/api/errors';
import type { LoadedModel, Runtime } from './runtime';
import { startWasmInstance } from './wasm-instance';
import { loadWasmModel } from './wasm-model';
import type { WasmBuild } from './wasm-module';

/**
 * A runtime of one of LiteRT's WebAssembly builds. A model that makes it abort takes down the module
 * with all models loaded in it; the next `load` starts a new one.
 */
export async function runWasmBuild(build: WasmBuild): Promise<Runtime> {
  let instance = await startWasmInstance(build);
  let disposed = false;
  const models = new Set<LoadedModel>();

  return {
    name: build.name,
    threads: build.threads,
    apart: false,
    async load(file) {
      if (disposed) throw new AppError('runtime-failed', 'LiteRT was closed before this model.');
      if (instance.aborted) instance = await startWasmInstance(build);
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
