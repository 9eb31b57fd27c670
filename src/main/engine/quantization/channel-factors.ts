import type { Graph, Operator, Tensor } from '../graph/graph';
import { floatsOf, isConstant } from '../graph/tensor-data';
import { channelOf, passesOn } from './equalize-channels';
import { weightAxisOf } from './operator-rules';

/**
 * By how much the channels of a graph's tensors were made larger in the one that was quantized from it:
 * powers of two (see `equalizeChannels`), read from the weights of both. Tensors that were left alone
 * are not in the map.
 * @param partnerOf the quantized operator that computes what a float one does.
 */
export function channelFactors(
  float: Graph,
  quantized: Graph,
  partnerOf: (operator: Operator) => Operator | undefined,
): Map<number, Float64Array> {
  const factors = new Map<number, Float64Array>();
  for (const operator of float.operators) {
    const [output = -1] = operator.outputs;
    const handedOn = factors.get(operator.inputs[0] ?? -1);
    if (handedOn && passesOn.includes(operator.kind)) factors.set(output, handedOn);
    const axis = weightAxisOf(operator);
    const partner = partnerOf(operator);
    if (axis === undefined || !partner) continue;
    const own = float.tensors[operator.inputs[1] ?? -1];
    const other = quantized.tensors[partner.inputs[1] ?? -1];
    if (!own || !other || !isConstant(own) || !isConstant(other)) continue;
    const found = growth(own, other, axis, factors.get(operator.inputs[0] ?? -1));
    if (found.some((factor) => factor !== 1)) factors.set(output, found);
  }
  return factors;
}

/**
 * How much larger each output channel's weights are, by least squares; what the input brought with it is
 * taken out first.
 */
function growth(
  own: Tensor,
  other: Tensor,
  axis: number,
  incoming: Float64Array | undefined,
): Float64Array {
  const channels = own.shape[axis] ?? 1;
  const products = new Float64Array(channels);
  const squares = new Float64Array(channels);
  const last = own.shape.length - 1;
  const stored = realValues(other, axis);
  floatsOf(own).forEach((value, index) => {
    const channel = channelOf(own, axis, index);
    const brought = incoming?.[channelOf(own, last, index)] ?? 1;
    products[channel] = (products[channel] ?? 0) + value * brought * (stored[index] ?? 0);
    squares[channel] = (squares[channel] ?? 0) + value * value;
  });
  return products.map((product, channel) => {
    const ratio = product / (squares[channel] ?? 1);
    return ratio > 0 ? 2 ** Math.round(Math.log2(ratio)) : 1;
  });
}

function realValues(tensor: Tensor, axis: number): Float32Array | Float64Array {
  if (tensor.type === 'float32') return floatsOf(tensor);
  const { data = new Uint8Array(), quantization } = tensor;
  const stored = new Int8Array(data.buffer, data.byteOffset, data.byteLength);
  return Float64Array.from(stored, (value, index) => {
    const channel = channelOf(tensor, axis, index);
    return value * (quantization?.scale[channel] ?? quantization?.scale[0] ?? 1);
  });
}
