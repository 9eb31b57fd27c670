import type { Runtime } from '../engine/runtime/runtime';
import { createWasmRuntime } from '../engine/runtime/wasm-runtime';

/**
 * Does work on a runtime inside this thread. Taking every activation out of a model is some 25 MB a
 * photo: carried over from another process it takes longer than computing it here.
 */
export async function withInnerRuntime<Result>(
  chosen: Runtime,
  work: (runtime: Runtime) => Promise<Result>,
): Promise<Result> {
  if (!chosen.apart) return work(chosen);
  const inner = await createWasmRuntime();
  try {
    return await work(inner);
  } finally {
    await inner.dispose();
  }
}
