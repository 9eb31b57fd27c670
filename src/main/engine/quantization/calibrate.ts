import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { Graph } from '../graph/graph';
import { isConstant } from '../graph/tensor-data';
import { writeTflite } from '../graph/write-tflite';
import type { Runtime } from '../runtime/runtime';
import type { ValueRange } from './affine-encoding';
import { minMaxObserver, type RangeObserver } from './range-observer';
import { type Summary, summarizeActivations } from './summarize-activations';

/** By tensor index. */
export interface Calibration {
  ranges: Map<number, ValueRange>;
  /** Of activations and of the input, by channel (last axis); empty where they were not wanted. */
  means: Map<number, Float64Array>;
  /** Largest magnitude of a value, by channel; of the same tensors, or empty. */
  extremes: Map<number, Float64Array>;
}

export interface CalibrationOptions {
  /** How ranges follow from all values; absent: their extremes, which LiteRT finds by itself. */
  createObserver?: () => RangeObserver;
  /** What else is wanted of each channel; default both. There are millions of values a photo. */
  channels?: { means: boolean; extremes: boolean };
  signal?: AbortSignal;
  /** Called after each photo with how many are done. */
  onPhoto?: (done: number) => void;
}

/**
 * Runs `inputs` (values of the model's one float32 input) through a float graph and returns the
 * range of every float32 activation, and its means by channel. LiteRT shows no intermediate tensors, so
 * the graph is written once with all of them, or what is told of them, as outputs.
 * @throws AppError 'cancelled'; 'model-broken' when an activation is not a number; what
 * `Runtime.load` and `run` throw; 'not-ready' when there are no inputs.
 */
export async function calibrate(
  graph: Graph,
  inputs: AsyncIterable<Float32Array>,
  runtime: Runtime,
  {
    createObserver,
    channels: wanted = { means: true, extremes: true },
    signal,
    onPhoto,
  }: CalibrationOptions = {},
): Promise<Calibration> {
  const exposed = floatActivations(graph);
  const observers = exposed.map(createObserver ?? minMaxObserver);
  const channels = observeChannels(graph, wanted);
  const { graph: written, summaries } = createObserver
    ? exposeWhole(graph, exposed)
    : summarizeActivations(graph, exposed);
  const model = await runtime.load(writeTflite(written));
  let photos = 0;
  try {
    throwIfCancelled(signal);
    for await (const input of inputs) {
      const outputs = await model.run([input]);
      const valuesOf = (output: number) => {
        const values = outputs[output];
        if (values instanceof Float32Array) return values;
        throw new TypeError('Activations are float32');
      };
      channels.observe(graph.inputs[0] ?? -1, input);
      summaries.forEach((summary, index) => {
        const tensor = exposed[index] ?? -1;
        if ('whole' in summary) {
          const values = valuesOf(summary.whole);
          observers[index]?.observe(values);
          channels.observe(tensor, values);
          return;
        }
        const [largest, mean] = [valuesOf(summary.largest), valuesOf(summary.mean)];
        const least =
          summary.negated === undefined
            ? new Float32Array(mean.length)
            : valuesOf(summary.negated).map((value) => -value);
        // The mean lies between them, but for what is no number: that may pass by the other two.
        for (const values of [largest, least, mean]) observers[index]?.observe(values);
        channels.summarize(tensor, { largest, least, mean, places: summary.places });
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
  return { ranges, ...channels.result() };
}

/** Of one photo, by channel. */
interface ChannelSummary {
  largest: Float32Array;
  least: Float32Array;
  mean: Float32Array;
  /** Values a channel has. */
  places: number;
}

/** Activations as they are: some 25 MB a photo of EfficientNet-Lite0. */
const exposeWhole = (graph: Graph, outputs: number[]): { graph: Graph; summaries: Summary[] } => ({
  graph: { ...graph, outputs, metadata: new Map() },
  summaries: outputs.map((_, whole) => ({ whole })),
});

/** By channel, the last axis of a tensor. */
function observeChannels(graph: Graph, wanted: { means: boolean; extremes: boolean }) {
  const sums = new Map<number, { sums: Float64Array; rows: number }>();
  const largest = new Map<number, Float64Array>();
  return {
    observe(tensor: number, values: Float32Array) {
      const count = graph.tensors[tensor]?.shape.at(-1) ?? 1;
      if (wanted.means) {
        const seen = sums.get(tensor) ?? { sums: new Float64Array(count), rows: 0 };
        sums.set(tensor, seen);
        addByChannel(seen.sums, values);
        seen.rows += values.length / count;
      }
      if (wanted.extremes) {
        const seen = largest.get(tensor) ?? new Float64Array(count);
        largest.set(tensor, seen);
        raiseByChannel(seen, values);
      }
    },
    summarize(tensor: number, { largest: most, least, mean, places }: ChannelSummary) {
      if (wanted.means) {
        const seen = sums.get(tensor) ?? { sums: new Float64Array(mean.length), rows: 0 };
        sums.set(tensor, seen);
        mean.forEach((value, channel) => {
          seen.sums[channel] = (seen.sums[channel] ?? 0) + value * places;
        });
        seen.rows += places;
      }
      if (wanted.extremes) {
        const seen = largest.get(tensor) ?? new Float64Array(mean.length);
        largest.set(tensor, seen);
        raiseByChannel(seen, most);
        raiseByChannel(seen, least);
      }
    },
    result: () => ({
      means: new Map(
        [...sums].map(([tensor, seen]) => [tensor, seen.sums.map((v) => v / seen.rows)]),
      ),
      extremes: largest,
    }),
  };
}

// Two plain loops, each by itself: what is not wanted costs nothing.
function addByChannel(sums: Float64Array, values: Float32Array): void {
  const count = sums.length;
  for (let at = 0; at < values.length; at += count) {
    for (let channel = 0; channel < count; channel += 1) {
      sums[channel] = (sums[channel] ?? 0) + (values[at + channel] ?? 0);
    }
  }
}

function raiseByChannel(largest: Float64Array, values: Float32Array): void {
  const count = largest.length;
  for (let at = 0; at < values.length; at += count) {
    for (let channel = 0; channel < count; channel += 1) {
      const magnitude = Math.abs(values[at + channel] ?? 0);
      if (magnitude > (largest[channel] ?? 0)) largest[channel] = magnitude;
    }
  }
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
