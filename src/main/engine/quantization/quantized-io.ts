import type { GraphChange, IoType } from '../../../shared/domain/model';
import type { TensorEncoding } from '../../../shared/domain/preprocessing';
import type { Graph, Operator, Tensor } from '../graph/graph';
import type { AffineEncoding } from './affine-encoding';
import type { GraphRewriter } from './graph-rewriter';

/** A tensor that a file shows to apps, and how it stores numbers. */
export interface InterfaceTensor {
  tensor: number;
  encoding: TensorEncoding;
  changes: GraphChange[];
}

/** uint8 holds what int8 holds, 128 higher. */
const uint8Shift = 128;

/**
 * Adds the input that apps fill and the QUANTIZE that makes int8 of it.
 * @param inner index of the int8 input in the new graph, stored by `encoding`.
 */
export function connectInput(
  rewriter: GraphRewriter,
  source: Tensor,
  inner: number,
  encoding: AffineEncoding,
  io: IoType,
): InterfaceTensor {
  const outer = addInterfaceTensor(rewriter, source, encoding, io);
  rewriter.push({
    kind: 'QUANTIZE',
    name: `${source.name}/quantize`,
    inputs: [outer.tensor],
    outputs: [inner],
    options: {},
  });
  return { ...outer, changes: [change(`Added QUANTIZE from ${io} behind the input`)] };
}

/**
 * Adds the output that apps read. As uint8 it is the int8 output, requantized; as float32 it is
 * dequantized, a final SOFTMAX after that: in float it keeps probabilities under 1/256.
 * @param inner index of the last int8 activation in the new graph: the output itself or, where
 * there is a `softmax`, its input.
 */
export function connectOutput(
  rewriter: GraphRewriter,
  source: Tensor,
  inner: number,
  encoding: AffineEncoding,
  io: IoType,
  softmax: Operator<'SOFTMAX'> | undefined,
): InterfaceTensor {
  const outer = addInterfaceTensor(rewriter, source, encoding, io);
  if (io === 'uint8') {
    rewriter.push({
      kind: 'QUANTIZE',
      name: `${source.name}/quantize`,
      inputs: [inner],
      outputs: [outer.tensor],
      options: {},
    });
    return { ...outer, changes: [change('Added QUANTIZE to uint8 before the output')] };
  }
  const real = softmax
    ? rewriter.add({ name: `${source.name}/logits`, shape: source.shape, type: 'float32' })
    : outer.tensor;
  rewriter.push({
    kind: 'DEQUANTIZE',
    name: `${source.name}/dequantize`,
    inputs: [inner],
    outputs: [real],
    options: {},
  });
  if (softmax) rewriter.push({ ...softmax, inputs: [real], outputs: [outer.tensor] });
  const where = softmax ? 'the SOFTMAX, which stays in float32' : 'the output';
  return { ...outer, changes: [change(`Added DEQUANTIZE to float32 before ${where}`)] };
}

/** The SOFTMAX that makes the graph's output, when it stays in float with this kind of output. */
export function floatSoftmax(graph: Graph, io: IoType): Operator<'SOFTMAX'> | undefined {
  if (io === 'uint8') return undefined;
  const [output = -1] = graph.outputs;
  const last = graph.operators.find((operator) => operator.outputs.includes(output));
  return last?.kind === 'SOFTMAX' ? last : undefined;
}

function addInterfaceTensor(
  rewriter: GraphRewriter,
  { name, shape }: Tensor,
  { scale, zeroPoint }: AffineEncoding,
  io: IoType,
): Omit<InterfaceTensor, 'changes'> {
  if (io === 'float32') {
    return { tensor: rewriter.add({ name, shape, type: io }), encoding: { type: io } };
  }
  const shifted = zeroPoint + uint8Shift;
  const quantization = { scale: [scale], zeroPoint: [shifted], axis: 0 };
  return {
    tensor: rewriter.add({ name, shape, type: io, quantization }),
    encoding: { type: io, scale, zeroPoint: shifted },
  };
}

const change = (description: string): GraphChange => ({ pass: 'quantized-io', description });
