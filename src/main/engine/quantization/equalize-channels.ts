import type { GraphChange } from '../../../shared/domain/model';
import type { Graph, Operator, Tensor } from '../graph/graph';
import { counted } from '../graph/passes/counted';
import type { PassResult } from '../graph/passes/pass';
import { bytesOf, floatsOf, isConstant } from '../graph/tensor-data';
import { weightAxisOf } from './operator-rules';

/**
 * Cross-layer equalization (Nagel et al., "Data-free quantization through weight equalization and bias
 * correction", ICCV 2019, arXiv 1906.04721), for weights with a scale a channel: there it is not weights
 * that need it but activations, which share one scale. Channels of an activation that are small beside
 * the largest are made larger by the layer that computes them and smaller again by the only one that
 * reads them. Factors are powers of two, so that the float graph computes the very same numbers.
 *
 * A depthwise reader has a scale for each channel and takes any factor. Another reader sums channels:
 * there each channel comes to lie as far below the largest in the activation as in the weights.
 *
 * Sound after no activation and after ReLU, which commute with positive factors. After ReLU6 only as far
 * as the largest value seen in calibration, and a quarter more, stays below 6.
 *
 * @param extremes largest magnitude by channel, from `calibrate` on this very graph. The graph that comes
 * out has other ranges: calibrate it again.
 */
export function equalizeChannels(
  graph: Graph,
  extremes: ReadonlyMap<number, Float64Array>,
): PassResult {
  const tensors = [...graph.tensors];
  const operators = [...graph.operators];
  let channels = 0;
  let layers = 0;
  for (const [at, producer] of operators.entries()) {
    const pair = pairOf({ ...graph, tensors, operators }, producer);
    const largest = extremes.get(producer.outputs[0] ?? -1);
    if (!pair || !largest || largest.length !== pair.channels) continue;
    const factors = growth(pair, largest);
    const grown = factors.filter((factor) => factor > 1).length;
    if (grown === 0) continue;
    channels += grown;
    layers += 1;
    const take = (tensor: Tensor, scale: (value: number, index: number) => number) =>
      tensors.push({ ...tensor, data: bytesOf(floatsOf(tensor).map(scale)) }) - 1;
    const [input = -1] = producer.inputs;
    const weights = take(
      pair.weights,
      (value, index) => value * (factors[channelOf(pair.weights, pair.axis, index)] ?? 1),
    );
    const bias = pair.bias && take(pair.bias, (value, index) => value * (factors[index] ?? 1));
    operators[at] = {
      ...producer,
      inputs: [input, weights, ...(bias === undefined ? [] : [bias])],
    };
    const readerAt = operators.indexOf(pair.reader);
    const read = take(
      pair.readerWeights,
      (value, index) =>
        value / (factors[channelOf(pair.readerWeights, pair.readerAxis, index)] ?? 1),
    );
    const [readerInput = -1, , ...rest] = pair.reader.inputs;
    operators[readerAt] = { ...pair.reader, inputs: [readerInput, read, ...rest] };
  }
  if (layers === 0) return { graph, changes: [] };
  return { graph: { ...graph, tensors, operators }, changes: [describe(layers, channels)] };
}

const describe = (layers: number, channels: number): GraphChange => ({
  pass: 'equalize-channels',
  description: `Made ${counted(channels, 'small channel')} of ${counted(layers, 'layer')} larger, and smaller again in the next: the float model computes the same`,
});

interface Pair {
  producer: Operator;
  weights: Tensor;
  bias: Tensor | undefined;
  /** Output channels of `weights`. */
  axis: number;
  channels: number;
  reader: Operator;
  readerWeights: Tensor;
  /** Input channels of `readerWeights`: its last axis, whatever its kind. */
  readerAxis: number;
}

/** What computes nothing else from a channel than its mean, its largest value or itself. */
export const passesOn: readonly Operator['kind'][] = [
  'AVERAGE_POOL_2D',
  'MAX_POOL_2D',
  'MEAN',
  'RESHAPE',
  'SQUEEZE',
];

/** A layer whose activation a single other layer reads, with constants of both. */
function pairOf(graph: Graph, producer: Operator): Pair | undefined {
  const axis = weightAxisOf(producer);
  if (axis === undefined || !commutes(producer)) return undefined;
  const weights = floatConstant(graph, producer.inputs[1]);
  const bias = floatConstant(graph, producer.inputs[2]);
  const hasBias = (producer.inputs[2] ?? -1) >= 0;
  if (!weights || (hasBias && !bias)) return undefined;
  const channels = weights.shape[axis] ?? 0;
  let [tensor = -1] = producer.outputs;
  for (;;) {
    const readers = graph.operators.filter(({ inputs }) => inputs.includes(tensor));
    const [reader] = readers;
    if (!reader || readers.length > 1 || graph.outputs.includes(tensor)) return undefined;
    if (reader.inputs[0] !== tensor || graph.tensors[tensor]?.shape.at(-1) !== channels) {
      return undefined;
    }
    if (passesOn.includes(reader.kind) && hasNoActivation(reader)) {
      [tensor = -1] = reader.outputs;
      continue;
    }
    const readerWeights = floatConstant(graph, reader.inputs[1]);
    const readerAxis = (readerWeights?.shape.length ?? 0) - 1;
    if (weightAxisOf(reader) === undefined || !readerWeights) return undefined;
    // Groups and depth multipliers: another channel than the one with its number.
    if (readerWeights.shape[readerAxis] !== channels) return undefined;
    return { producer, weights, bias, axis, channels, reader, readerWeights, readerAxis };
  }
}

const activationOf = ({ options }: Operator) =>
  'activation' in options ? options.activation : 'none';

const commutes = (operator: Operator): boolean =>
  ['none', 'relu', 'relu6'].includes(activationOf(operator));

const hasNoActivation = (operator: Operator): boolean => activationOf(operator) === 'none';

function floatConstant(graph: Graph, index: number | undefined): Tensor | undefined {
  const tensor = index === undefined ? undefined : graph.tensors[index];
  return tensor && isConstant(tensor) && tensor.type === 'float32' ? tensor : undefined;
}

/** Beyond what calibration showed, before ReLU6 would cut. */
const headroom = 1.25;
const cap = 6;
/** A channel that is smaller still is as good as dead. */
const mostGrowth = 2 ** 16;

/** A power of two for each channel, 1 for those that stay. */
function growth(pair: Pair, largest: Float64Array): number[] {
  const { producer, reader, readerWeights, readerAxis } = pair;
  const whole = Math.max(...largest);
  const read = magnitudes(readerWeights, readerAxis, largest.length);
  /** What a channel can add to a sum, whatever the factor. */
  const worth = Array.from(largest, (magnitude, channel) => magnitude * (read[channel] ?? 0));
  const most = Math.max(...worth);
  const isSaturating = activationOf(producer) === 'relu6';
  return Array.from(largest, (magnitude, channel) => {
    if (magnitude === 0 || most === 0) return 1;
    const room = isSaturating ? Math.min(whole, cap / headroom) / magnitude : whole / magnitude;
    // Equally far from the largest in the activation as in the weights that read it.
    const balanced = (whole * Math.sqrt((worth[channel] ?? 0) / most)) / magnitude;
    const wanted = reader.kind === 'DEPTHWISE_CONV_2D' ? room : Math.min(room, balanced);
    return 2 ** Math.floor(Math.log2(Math.max(1, Math.min(mostGrowth, wanted))));
  });
}

function magnitudes(tensor: Tensor, axis: number, channels: number): Float64Array {
  const found = new Float64Array(channels);
  floatsOf(tensor).forEach((value, index) => {
    const channel = channelOf(tensor, axis, index);
    found[channel] = Math.max(found[channel] ?? 0, Math.abs(value));
  });
  return found;
}

/** Of the value at `index` of a tensor, along `axis`. */
export function channelOf({ shape }: Pick<Tensor, 'shape'>, axis: number, index: number): number {
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  return Math.floor(index / inner) % (shape[axis] ?? 1);
}
