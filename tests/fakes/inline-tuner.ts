import { buildNetwork } from '@main/engine/training/fine-tune/build-network';
import { loadTensorEngine, type TensorFlow } from '@main/engine/training/tensor-engine';
import type { Tuner } from '@main/engine/training/tfjs-node/connect-tuner';
import { differentiatingTensorFlow } from '../fixtures/differentiating-tensorflow';

let loaded: Promise<TensorFlow> | undefined;

/** The tuner of a worker in this thread, on plain JavaScript: slow, and on every machine. */
export async function createInlineTuner(): Promise<Tuner> {
  // The engine of heads is chosen first, once and for all: backends are chosen for the whole thread.
  loaded ??= loadTensorEngine().then(differentiatingTensorFlow);
  const tf = await loaded;
  return {
    engine: 'tfjs JavaScript',
    build: async (graph, encodings) =>
      buildNetwork(tf, 'tfjs JavaScript', structuredClone(graph), encodings),
    end: () => undefined,
  };
}
