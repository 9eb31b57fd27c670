import type { Graph, Operator, Tensor } from '../graph';
import { isConstant, tensorElements } from '../tensor-data';

export type LinearKind = 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'FULLY_CONNECTED';
export type Linear = Operator<LinearKind>;

/** The kernel's axis that counts output channels. */
export const channelAxes: Readonly<Record<LinearKind, number>> = {
  CONV_2D: 0,
  DEPTHWISE_CONV_2D: 3,
  FULLY_CONNECTED: 0,
};

export const isLinear = (operator: Operator | undefined): operator is Linear =>
  operator !== undefined && Object.hasOwn(channelAxes, operator.kind);

export interface LinearWeights {
  kernel: Tensor;
  /** Absent for an operator without one. */
  bias?: Tensor;
  /** Of the output. */
  channels: number;
}

/** Kernel and bias, when they are float32 constants that can be written anew. */
export function linearWeights(
  { tensors }: Graph,
  { kind, inputs }: Linear,
): LinearWeights | undefined {
  const kernel = tensors[inputs[1] ?? -1];
  const bias = tensors[inputs[2] ?? -1];
  const isOwn = (tensor: Tensor): boolean => tensor.type === 'float32' && isConstant(tensor);
  // A kernel without elements may still claim any number of channels.
  if (!kernel || !isOwn(kernel) || tensorElements(kernel.shape) === 0) return undefined;
  const channels = kernel.shape[channelAxes[kind]] ?? 0;
  if (!bias) return { kernel, channels };
  return isOwn(bias) && tensorElements(bias.shape) === channels
    ? { kernel, bias, channels }
    : undefined;
}

/** The graph with `linear` computing with other weights; others may share the old ones. */
export function withWeights(
  graph: Graph,
  linear: Linear,
  changed: Linear,
  { kernel, bias }: { kernel: Tensor; bias: Tensor },
): Graph {
  const count = graph.tensors.length;
  const [input = -1] = changed.inputs;
  const rewritten: Operator = { ...changed, inputs: [input, count, count + 1] };
  return {
    ...graph,
    tensors: [...graph.tensors, kernel, bias],
    operators: graph.operators.map((operator) => (operator === linear ? rewritten : operator)),
  };
}
