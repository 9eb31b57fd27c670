import { startWasmInstance } from './wasm-instance';
import { arrayTypeOf, elementCount } from './tensor-arrays';
import { loadWasmModel } from './wasm-model';
import type { WasmBuild } from './wasm-module';

/** LiteRT prepares some operators in the first inference only. */
const runs = 3;

/**
 * Loads a model into a module of its own and runs it on zeros.
 * @returns bytes by which the module's memory reaches higher than without a model. The memory itself grows in
 * large steps and begins with room to spare; what was never written still is zero.
 * @throws AppError as loading and running a model.
 */
export async function weighWasmModel(build: WasmBuild, file: Uint8Array): Promise<number> {
  const instance = await startWasmInstance(build);
  const before = endOfWritten(instance.module.HEAPU8);
  const model = loadWasmModel(instance, file, () => undefined);
  const inputs = model.inputs.map((info) => new (arrayTypeOf(info))(elementCount(info)));
  for (let run = 0; run < runs; run += 1) await model.run(inputs);
  const after = endOfWritten(instance.module.HEAPU8);
  model.dispose();
  return Math.max(0, after - before);
}

/** @returns the address after the last byte that is not zero. */
export function endOfWritten(memory: Uint8Array): number {
  let end = memory.length;
  while (end > 0 && memory[end - 1] === 0) end -= 1;
  return end;
}
