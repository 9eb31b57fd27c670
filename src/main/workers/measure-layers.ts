import { AppError } from '../../shared/api/errors';
import { tidyGraph } from '../engine/graph/clean-graph';
import { readTflite } from '../engine/graph/read-tflite';
import { type LayerInputs, measureLayers as measure } from '../engine/quantization/layer-errors';
import { createInputEncoder } from '../engine/runtime/encode-input';
import { withInnerRuntime } from './inner-runtime';
import { readModelInputs } from './model-inputs';
import { readModelFile } from './read-model-file';
import type { TaskImplementation } from './task-context';

export const measureLayers: TaskImplementation<'measure-layers'> = async (input, context) => {
  const { parentPreprocessing, preprocessing, photos } = input;
  const { signal } = context;
  // As it was when it was quantized: tensors are told by their names.
  const { graph: float } = tidyGraph(readTflite(await readModelFile(input.parentFile)));
  const quantized = readTflite(await readModelFile(input.modelFile));
  const cache = context.cache(input.cacheFile);

  async function* inputs(): AsyncGenerator<LayerInputs> {
    const encodeFloat = createInputEncoder(parentPreprocessing);
    const encode = createInputEncoder(preprocessing);
    for await (const read of readModelInputs(photos, preprocessing, cache, signal)) {
      if ('failure' in read) throw new AppError('photo-unreadable', read.failure.reason);
      // Encoders answer with an array of theirs that they fill again.
      yield { float: encodeFloat(read.pixels).slice(), quantized: encode(read.pixels).slice() };
    }
  }

  return withInnerRuntime(await context.runtime(), async (runtime) => ({
    ...(await measure(float, quantized, inputs(), runtime, signal)),
    runtime: runtime.name,
  }));
};
