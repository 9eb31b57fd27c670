import type { Graph, Operator, Tensor } from '../graph/graph';
import { counted } from '../graph/passes/counted';
import type { PassResult } from '../graph/passes/pass';
import { storeConstants } from '../graph/passes/store-constants';
import { bytesOf, floatsOf, isConstant } from '../graph/tensor-data';
import { weightAxisOf } from './operator-rules';
import { quantizeWeights } from './quantize-weights';

/**
 * Stores the weights of convolutions and dense layers as int8, one scale a channel, with a
 * DEQUANTIZE each: about a quarter of the bytes, and the computation of float32. Biases and other
 * constants stay as they are. Any operator may be in the graph.
 */
export function toInt8Weights(graph: Graph): PassResult {
  let layers = 0;
  const stored = storeConstants(graph, (tensor, consumer) => {
    const axis = weightAxisOf(consumer);
    if (axis === undefined || graph.tensors[consumer.inputs[1] ?? -1] !== tensor) return undefined;
    layers += 1;
    return int8Tensor(tensor, axis, `${tensor.name}/int8`);
  });
  const description = `Stored the weights of ${counted(layers, 'layer')} as int8 with one scale a channel and a DEQUANTIZE each`;
  return { graph: stored, changes: layers === 0 ? [] : [{ pass: 'int8-weights', description }] };
}

/**
 * TFLite's dynamic range: weights are int8, activations are float32 in the file and become int8 inside
 * each layer, by the range that they happen to have. Convolutions get one scale a channel; dense layers
 * one for all (older runtimes refuse more, version 12 of FULLY_CONNECTED); depthwise convolutions stay
 * in float32: with int8 weights they are no longer run by XNNPACK, and twice as slow.
 */
export function toDynamicRange(graph: Graph): PassResult {
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
    tensors[index] = int8Tensor(tensor, axis, tensor.name);
  }
  if (done.size === 0) return { graph, changes: [] };
  const kept =
    kinds.DEPTHWISE_CONV_2D === 0
      ? ''
      : `; ${counted(kinds.DEPTHWISE_CONV_2D, 'depthwise layer')} stayed in float32, where they are faster`;
  const description = `Stored the weights of ${counted(kinds.CONV_2D, 'convolution')} and ${counted(kinds.FULLY_CONNECTED, 'dense layer')} as int8; their inputs are quantized as they come${kept}`;
  return { graph: { ...graph, tensors }, changes: [{ pass: 'dynamic-range', description }] };
}

const isCounted = (
  kind: Operator['kind'],
): kind is 'CONV_2D' | 'FULLY_CONNECTED' | 'DEPTHWISE_CONV_2D' =>
  kind === 'CONV_2D' || kind === 'FULLY_CONNECTED' || kind === 'DEPTHWISE_CONV_2D';

/** Symmetric; without `axis` one scale for all. */
function int8Tensor(tensor: Tensor, axis: number | undefined, name: string): Tensor {
  const values = floatsOf(tensor);
  const byChannel =
    axis === undefined ? { shape: [1, values.length], axis: 0 } : { shape: tensor.shape, axis };
  const channels = byChannel.shape[byChannel.axis] ?? 1;
  // Without a bias the input's scale decides nothing.
  const stored = quantizeWeights({ values, ...byChannel, biases: new Float32Array(channels) }, 1);
  return {
    name,
    shape: tensor.shape,
    type: 'int8',
    data: bytesOf(stored.values),
    quantization: {
      scale: stored.scales,
      zeroPoint: stored.scales.map(() => 0),
      axis: axis ?? 0,
    },
  };
}
