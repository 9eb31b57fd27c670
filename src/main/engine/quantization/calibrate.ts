import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { Graph } from '../graph/graph';
import { isConstant } from '../graph/tensor-data';
import { writeTflite } from '../graph/write-tflite';
import type { Runtime } from '../runtime/runtime';
import type { ValueRange } from './affine-encoding';
import { minMaxObserver, type RangeObserver } from './range-observer';

export interface CalibrationOptions {
  /** How ranges follow from values; default their extremes. */
  createObserver?: () => RangeObserver;
  signal?: AbortSignal;
  /** Called after each photo with how many are done. */
  onPhoto?: (done: number) => void;
}

/**
 * Runs `inputs` (values of the model's one float32 input) through a float graph and returns the
 * range of every float32 activation, by tensor index. LiteRT shows no intermediate tensors, so
 * the graph is written once with all of them as outputs.
 * @throws AppError 'cancelled'; 'model-broken' when an activation is not a number; what
 * `Runtime.load` and `run` throw; 'not-ready' when there are no inputs.
 */
export async function calibrate(
  graph: Graph,
  inputs: AsyncIterable<Float32Array>,
  runtime: Runtime,
  { createObserver = minMaxObserver, signal, onPhoto }: CalibrationOptions = {},
): Promise<Map<number, ValueRange>> {
  const exposed = floatActivations(graph);
  const observers = exposed.map(createObserver);
  const model = await runtime.load(
    writeTflite({ ...graph, outputs: exposed, metadata: new Map() }),
  );
  let photos = 0;
  try {
    throwIfCancelled(signal);
    for await (const input of inputs) {
      const activations = await model.run([input]);
      activations.forEach((values, index) => {
        if (values instanceof Float32Array) observers[index]?.observe(values);
      });
      photos++;
      onPhoto?.(photos);
      throwIfCancelled(signal);
    }
  } finally {
    model.dispose();
  }
  if (photos === 0) {
    throw new AppError(
      'not-ready',
      'There are no photos to calibrate the quantized model with.',
      'Label photos and train again, or relink the ones that are missing.',
    );
  }

  const ranges = new Map<number, ValueRange>();
  exposed.forEach((tensor, index) => {
    const range = observers[index]?.range();
    if (!range || !Number.isFinite(range.min) || !Number.isFinite(range.max)) {
      throw new AppError(
        'model-broken',
        `The float model computes values that are not numbers (in ${graph.tensors[tensor]?.name}).`,
        'Train the model again, with a smaller learning rate.',
      );
    }
    ranges.set(tensor, range);
  });
  return ranges;
}

/** Float tensors that operators compute, once each, in that order. */
function floatActivations(graph: Graph): number[] {
  return graph.operators
    .flatMap((operator) => operator.outputs)
    .filter((index) => {
      const tensor = graph.tensors[index];
      return tensor?.type === 'float32' && !isConstant(tensor);
    });
}
