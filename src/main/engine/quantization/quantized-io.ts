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
 * Adds the input that apps fill and the QUANTIZE that makes integers of it.
 * @param inner index of the integer input in the new graph, stored by `encoding`.
 */
export function connectInput(
  rewriter: GraphRewriter,
  source: Tensor,
  inner: number,
  encoding: AffineEncoding,
  io: IoType,
): InterfaceTensor {
  if (io === 'int8') return { tensor: inner, encoding: { type: io, ...encoding }, changes: [] };
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

/** The last activation in the new graph: the output itself or, before a float SOFTMAX, its input. */
export interface LastActivation {
  /** Index of its integer form. */
  stored(): number;
  /** Index of its float form, where it is computed in float. */
  float: number | undefined;
}

/**
 * Adds the output that apps read. As uint8 it is the int8 output, requantized; as int8 that output
 * itself; as float32 it is dequantized, a final SOFTMAX after that: in float it keeps probabilities
 * under 1/256.
 */
export function connectOutput(
  rewriter: GraphRewriter,
  source: Tensor,
  last: LastActivation,
  encoding: AffineEncoding,
  io: IoType,
  softmax: Operator<'SOFTMAX'> | undefined,
): InterfaceTensor {
  if (io === 'int8') {
    return { tensor: last.stored(), encoding: { type: io, ...encoding }, changes: [] };
  }
  if (io === 'float32' && last.float !== undefined && !softmax) {
    return { tensor: last.float, encoding: { type: io }, changes: [] };
  }
  const inner = last.float === undefined || io === 'uint8' ? last.stored() : undefined;
  const outer = addInterfaceTensor(rewriter, source, encoding, io);
  if (io === 'uint8' && inner !== undefined) {
    rewriter.push({
      kind: 'QUANTIZE',
      name: `${source.name}/quantize`,
      inputs: [inner],
      outputs: [outer.tensor],
      options: {},
    });
    return { ...outer, changes: [change('Added QUANTIZE to uint8 before the output')] };
  }
  const logits = () => ({
    name: `${source.name}/logits`,
    shape: source.shape,
    type: 'float32' as const,
  });
  const real = last.float ?? (softmax ? rewriter.add(logits()) : outer.tensor);
  if (inner !== undefined) {
    rewriter.push({
      kind: 'DEQUANTIZE',
      name: `${source.name}/dequantize`,
      inputs: [inner],
      outputs: [real],
      options: {},
    });
  }
  if (softmax) rewriter.push({ ...softmax, inputs: [real], outputs: [outer.tensor] });
  if (inner === undefined) return { ...outer, changes: [] };
  const where = softmax ? 'the SOFTMAX, which stays in float32' : 'the output';
  return { ...outer, changes: [change(`Added DEQUANTIZE to float32 before ${where}`)] };
}

/** The SOFTMAX that makes the graph's output, when it stays in float with this kind of output. */
export function floatSoftmax(graph: Graph, io: IoType): Operator<'SOFTMAX'> | undefined {
  if (io !== 'float32') return undefined;
  const [output = -1] = graph.outputs;
  const last = graph.operators.find((operator) => operator.outputs.includes(output));
  return last?.kind === 'SOFTMAX' ? last : undefined;
}

function addInterfaceTensor(
  rewriter: GraphRewriter,
  { name, shape }: Tensor,
  { scale, zeroPoint }: AffineEncoding,
  io: Exclude<IoType, 'int8'>,
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
