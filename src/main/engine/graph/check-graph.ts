import type { Graph, Operator, Tensor } from './graph';
import { isFileOperatorKind, operatorCodecs } from './operator-codecs';
import { elementSize, tensorElements } from './tensor-data';

/** Elements a tensor may have; LiteRT itself counts in int32. */
const MOST_ELEMENTS = 2 ** 31 - 1;

/**
 * What everything that handles a graph relies on: references exist, constants have the bytes
 * that their shape asks for, and operators come in an order in which their inputs are ready.
 * @returns what is wrong, in words that fit behind "because"; undefined for a sound graph
 */
export function findFault(graph: Graph): string | undefined {
  for (const tensor of graph.tensors) {
    const fault = findTensorFault(tensor);
    if (fault) return fault;
  }
  const ready = new Set(graph.inputs);
  graph.tensors.forEach((tensor, index) => {
    if (tensor.data) ready.add(index);
  });
  for (const operator of graph.operators) {
    const fault = findOperatorFault(graph, operator, ready);
    if (fault) return fault;
    for (const output of operator.outputs) ready.add(output);
  }
  if (graph.outputs.length === 0) return 'it has no output';
  for (const index of [...graph.inputs, ...graph.outputs]) {
    if (!graph.tensors[index]) return `it names tensor ${index}, which it does not have`;
  }
  if (graph.outputs.some((index) => !ready.has(index))) return 'nothing computes its output';
  return undefined;
}

function findTensorFault({ name, shape, type, data, quantization }: Tensor): string | undefined {
  if (shape.some((size) => size < 0)) return `tensor "${name}" has no fixed size`;
  const elements = tensorElements(shape);
  if (elements > MOST_ELEMENTS) return `tensor "${name}" is too large`;
  if (data && data.length !== elements * elementSize(type)) {
    return `constant "${name}" has ${data.length} bytes for ${elements} elements`;
  }
  if (!quantization) return undefined;
  const { scale, zeroPoint, axis } = quantization;
  const channels = scale.length === 1 ? 1 : shape[axis];
  return scale.length === zeroPoint.length && scale.length === channels
    ? undefined
    : `the quantization of tensor "${name}" does not fit its shape`;
}

function findOperatorFault(
  { tensors }: Graph,
  operator: Operator,
  ready: ReadonlySet<number>,
): string | undefined {
  const title = `${operator.kind} ${operator.name}`;
  const [fewest, most] = isFileOperatorKind(operator.kind)
    ? operatorCodecs[operator.kind].inputs
    : [1, 1];
  if (operator.inputs.length < fewest || operator.inputs.length > most) {
    return `${title} has ${operator.inputs.length} inputs`;
  }
  if (operator.outputs.length !== 1) return `${title} has ${operator.outputs.length} outputs`;
  for (const [position, index] of operator.inputs.entries()) {
    const absent = index === -1 && position >= fewest;
    if (!absent && !ready.has(index)) return `${title} uses a tensor that nothing computes`;
  }
  for (const index of operator.outputs) {
    if (!tensors[index] || ready.has(index)) return `${title} writes to a tensor it must not`;
  }
  if (operator.kind === 'CONV_2D' || operator.kind === 'DEPTHWISE_CONV_2D') {
    const { strideWidth, strideHeight, dilationWidth, dilationHeight } = operator.options;
    if (Math.min(strideWidth, strideHeight, dilationWidth, dilationHeight) < 1) {
      return `${title} has a step of 0`;
    }
  }
  if (operator.kind === 'AVERAGE_POOL_2D' || operator.kind === 'MAX_POOL_2D') {
    const { strideWidth, strideHeight, filterWidth, filterHeight } = operator.options;
    if (Math.min(strideWidth, strideHeight, filterWidth, filterHeight) < 1) {
      return `${title} has a window of size 0`;
    }
  }
  return undefined;
}
