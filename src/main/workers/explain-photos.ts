import { throwIfCancelled } from '../../shared/api/errors';
import { type ClassActivation, classActivation } from '../engine/graph/class-activation';
import type { Tensor } from '../engine/graph/graph';
import { readTflite } from '../engine/graph/read-tflite';
import { writeTflite } from '../engine/graph/write-tflite';
import { createInputEncoder } from '../engine/runtime/encode-input';
import type { TensorData } from '../engine/runtime/runtime';
import { readModelInputs } from './model-inputs';
import { readModelFile } from './read-model-file';
import type { TaskImplementation } from './task-context';
import type { ActivationMap } from './tasks/explanation-tasks';

export const explainPhotos: TaskImplementation<'explain-photos'> = async (input, context) => {
  const { modelFile, preprocessing, photos, cacheFile } = input;
  throwIfCancelled(context.signal);
  const graph = readTflite(await readModelFile(modelFile));
  const found = classActivation(graph);
  if (typeof found === 'string') return { maps: photos.map(() => undefined), reason: found };
  const runtime = await context.runtime();
  // LiteRT shows no inner tensors: the map is made the output.
  const exposed = writeTflite({ ...graph, outputs: [found.features], metadata: new Map() });
  const model = await runtime.load(exposed);
  const maps: (ActivationMap | undefined)[] = photos.map(() => undefined);
  try {
    const encode = createInputEncoder(preprocessing);
    const cache = context.cache(cacheFile);
    for await (const read of readModelInputs(photos, preprocessing, cache, context.signal)) {
      if ('pixels' in read) {
        const [features] = await model.run([encode(read.pixels)]);
        const tensor = graph.tensors[found.features];
        if (features && tensor) maps[read.index] = mapOf(found, features, tensor, read.photo.label);
      }
      context.report({ done: read.index + 1 });
    }
  } finally {
    model.dispose();
  }
  return { maps };
};

function mapOf(
  { height, width, channels, weights }: ClassActivation,
  features: TensorData,
  { quantization }: Tensor,
  label: number,
): ActivationMap {
  const scale = quantization?.scale[0] ?? 1;
  const zeroPoint = quantization?.zeroPoint[0] ?? 0;
  const values = new Float32Array(height * width);
  for (let place = 0; place < values.length; place += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      const real = scale * ((features[place * channels + channel] ?? 0) - zeroPoint);
      sum += real * (weights[label * channels + channel] ?? 0);
    }
    values[place] = sum;
  }
  return { width, height, values };
}
