import type { Graph, Operator, Tensor } from '../graph/graph';
import { counted } from '../graph/passes/counted';
import type { PassResult } from '../graph/passes/pass';
import { storeConstants } from '../graph/passes/store-constants';
import { bytesOf, floatsOf, isConstant } from '../graph/tensor-data';
import { biasesCorrected, meanShift } from './correct-biases';
import { weightAxisOf } from './operator-rules';
import { quantizeWeights } from './quantize-weights';
import type { Rounding } from './rounding/rounding';

export interface StoreOptions {
  /** Of the activations by channel, to correct biases with; without them biases stay. */
  means?: ReadonlyMap<number, Float64Array> | undefined;
  /** How weights become integers; by default each the nearest. */
  rounding?: Rounding | undefined;
}

/**
 * Stores the weights of convolutions and dense layers as int8, one scale a channel, with a
 * DEQUANTIZE each: about a quarter of the bytes, and the computation of float32. Biases and other
 * constants stay as they are. Any operator may be in the graph.
 */
export function toInt8Weights(graph: Graph, { means, rounding }: StoreOptions = {}): PassResult {
  let layers = 0;
  const corrections = createCorrections(graph, means);
  const stored = storeConstants(graph, (tensor, consumer) => {
    const axis = weightAxisOf(consumer);
    if (axis === undefined || graph.tensors[consumer.inputs[1] ?? -1] !== tensor) return undefined;
    layers += 1;
    const int8 = int8Tensor(tensor, consumer, { axis, name: `${tensor.name}/int8`, rounding });
    corrections.note(consumer, tensor, int8);
    return int8;
  });
  const description = `Stored the weights of ${counted(layers, 'layer')} as int8 with one scale a channel and a DEQUANTIZE each`;
  if (layers === 0) return { graph, changes: [] };
  return corrections.apply({ graph: stored, changes: [{ pass: 'int8-weights', description }] });
}

/**
 * TFLite's dynamic range: weights are int8, activations are float32 in the file and become int8 inside
 * each layer, by the range that they happen to have. Convolutions get one scale a channel; dense layers
 * one for all (older runtimes refuse more, version 12 of FULLY_CONNECTED); depthwise convolutions stay
 * in float32: with int8 weights they are no longer run by XNNPACK, and twice as slow.
 */
export function toDynamicRange(graph: Graph, { means, rounding }: StoreOptions = {}): PassResult {
  const corrections = createCorrections(graph, means);
  const tensors = [...graph.tensors];
  const kinds = { CONV_2D: 0, FULLY_CONNECTED: 0, DEPTHWISE_CONV_2D: 0 };
  const done = new Set<number>();
  for (const operator of graph.operators) {
    if (!isCounted(operator.kind)) continue;
    const index = operator.inputs[1] ?? -1;
    const tensor = graph.tensors[index];
    if (tensor?.type !== 'float32' || !isConstant(tensor)) continue;
    kinds[operator.kind] += 1;
    // Shared weights were stored with the first layer that has them; kinds never share.
    if (operator.kind === 'DEPTHWISE_CONV_2D' || done.has(index)) continue;
    done.add(index);
    const axis = operator.kind === 'CONV_2D' ? 0 : undefined;
    const int8 = int8Tensor(tensor, operator, { axis, name: tensor.name, rounding });
    corrections.note(operator, tensor, int8);
    tensors[index] = int8;
  }
  if (done.size === 0) return { graph, changes: [] };
  const kept =
    kinds.DEPTHWISE_CONV_2D === 0
      ? ''
      : `; ${counted(kinds.DEPTHWISE_CONV_2D, 'depthwise layer')} stayed in float32, where they are faster`;
  const description = `Stored the weights of ${counted(kinds.CONV_2D, 'convolution')} and ${counted(kinds.FULLY_CONNECTED, 'dense layer')} as int8; their inputs are quantized as they come${kept}`;
  return corrections.apply({
    graph: { ...graph, tensors },
    changes: [{ pass: 'dynamic-range', description }],
  });
}

/** Collects what rounding did to each layer, then takes it from float32 biases; see `meanShift`. */
function createCorrections(graph: Graph, means: StoreOptions['means']) {
  /** By the bias's tensor. */
  const shifts = new Map<number, Float64Array>();
  return {
    note({ kind, inputs }: Operator, float: Tensor, int8: Tensor): void {
      const [input = -1, , bias = -1] = inputs;
      const inputMeans = means?.get(input);
      const tensor = graph.tensors[bias];
      if (!inputMeans || !isCounted(kind) || !tensor || !isConstant(tensor)) return;
      const stored = { values: int8sOf(int8), scales: scalesOf(int8) };
      const { shape } = float;
      shifts.set(bias, meanShift({ kind, shape, values: floatsOf(float), stored, inputMeans }));
    },
    apply(result: PassResult): PassResult {
      if (shifts.size === 0) return result;
      const tensors = result.graph.tensors.map((tensor, index) => {
        const shift = shifts.get(index);
        if (!shift) return tensor;
        const biases = floatsOf(tensor).map((value, channel) => value - (shift[channel] ?? 0));
        return { ...tensor, data: bytesOf(biases) };
      });
      return {
        graph: { ...result.graph, tensors },
        changes: [...result.changes, biasesCorrected(shifts.size)],
      };
    },
  };
}

const int8sOf = ({ data = new Uint8Array() }: Tensor): Int8Array =>
  new Int8Array(data.buffer, data.byteOffset, data.byteLength);

/** One a channel. */
function scalesOf({ quantization, shape }: Tensor): number[] {
  const scales = quantization?.scale ?? [];
  return scales.length > 1 ? scales : new Array<number>(shape[0] ?? 1).fill(scales[0] ?? 1);
}

const isCounted = (
  kind: Operator['kind'],
): kind is 'CONV_2D' | 'FULLY_CONNECTED' | 'DEPTHWISE_CONV_2D' =>
  kind === 'CONV_2D' || kind === 'FULLY_CONNECTED' || kind === 'DEPTHWISE_CONV_2D';

/** Symmetric; without `axis` one scale for all. */
function int8Tensor(
  tensor: Tensor,
  operator: Operator,
  {
    axis,
    name,
    rounding,
  }: { axis: number | undefined; name: string; rounding: Rounding | undefined },
): Tensor {
  const values = floatsOf(tensor);
  const { shape } = tensor;
  const byChannel =
    axis === undefined ? { shape: [1, values.length], axis: 0 } : { shape: tensor.shape, axis };
  const channels = byChannel.shape[byChannel.axis] ?? 1;
  // Without a bias the input's scale decides nothing.
  const biases = new Float32Array(channels);
  const round = (scales: readonly number[]) => rounding?.({ operator, values, shape, scales });
  const stored = quantizeWeights({ values, ...byChannel, biases, round }, 1);
  return {
    name,
    shape,
    type: 'int8',
    data: bytesOf(stored.values),
    quantization: {
      scale: stored.scales,
      zeroPoint: stored.scales.map(() => 0),
      axis: axis ?? 0,
    },
  };
}
