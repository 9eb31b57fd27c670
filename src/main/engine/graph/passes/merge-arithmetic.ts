import type { GraphChange } from '../../../../shared/domain/model';
import type { Graph, Operator, Tensor } from '../graph';
import { bytesOf, floatsOf, isConstant, tensorElements } from '../tensor-data';
import { counted } from './counted';
import { linkGraph } from './graph-links';
import type { Pass } from './pass';
import { withActivation } from './with-activation';

type LinearKind = 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'FULLY_CONNECTED';
type Linear = Operator<LinearKind>;

/** The kernel's axis that counts output channels. */
const channelAxes: Readonly<Record<LinearKind, number>> = {
  CONV_2D: 0,
  DEPTHWISE_CONV_2D: 3,
  FULLY_CONNECTED: 0,
};

const isLinear = (operator: Operator | undefined): operator is Linear =>
  operator !== undefined && Object.hasOwn(channelAxes, operator.kind);

interface Merge {
  linear: Linear;
  kernel: Tensor;
  /** Absent for an operator without one. */
  bias?: Tensor;
  arithmetic: Operator<'MUL' | 'ADD'>;
  /** One a channel. */
  constants: Float32Array;
}

/**
 * Merges MUL and ADD by constants (one, or one a channel) into the CONV_2D, DEPTHWISE_CONV_2D or
 * FULLY_CONNECTED before them: what batch normalization is once its statistics are fixed.
 */
export const mergeArithmetic: Pass = (graph) => {
  const changes: GraphChange[] = [];
  let current = graph;
  for (let merge = findMerge(current); merge; merge = findMerge(current)) {
    const { linear, arithmetic, constants } = merge;
    current = applyMerge(current, merge);
    changes.push({
      pass: 'merge-arithmetic',
      description: `Merged ${arithmetic.kind} ${arithmetic.name} (${counted(constants.length, 'channel')}) into ${linear.kind} ${linear.name}`,
    });
  }
  return { graph: current, changes };
};

function findMerge(graph: Graph): Merge | undefined {
  const links = linkGraph(graph);
  for (const arithmetic of graph.operators) {
    if (arithmetic.kind !== 'MUL' && arithmetic.kind !== 'ADD') continue;
    for (const [position, input] of arithmetic.inputs.entries()) {
      const linear = links.producer(input);
      if (!isLinear(linear) || linear.options.activation !== 'none') continue;
      if (links.onlyConsumer(input) !== arithmetic) continue;
      const weights = mergeableWeights(graph, linear);
      if (!weights || !keepsShape(graph, input, arithmetic)) continue;
      const constants = channelConstants(
        graph.tensors[arithmetic.inputs[1 - position] ?? -1],
        weights.kernel.shape[channelAxes[linear.kind]] ?? 0,
      );
      if (constants) return { linear, ...weights, arithmetic, constants };
    }
  }
  return undefined;
}

/** Kernel and bias, when they are float32 constants that can be written anew. */
function mergeableWeights(
  { tensors }: Graph,
  { kind, inputs }: Linear,
): Pick<Merge, 'kernel' | 'bias'> | undefined {
  const kernel = tensors[inputs[1] ?? -1];
  const bias = tensors[inputs[2] ?? -1];
  const isOwn = (tensor: Tensor): boolean => tensor.type === 'float32' && isConstant(tensor);
  if (!kernel || !isOwn(kernel)) return undefined;
  if (!bias) return { kernel };
  const channels = kernel.shape[channelAxes[kind]];
  return isOwn(bias) && tensorElements(bias.shape) === channels ? { kernel, bias } : undefined;
}

/** The constant does not broadcast the value to a larger shape. */
function keepsShape({ tensors }: Graph, input: number, { outputs }: Operator): boolean {
  return tensors[input]?.shape.join() === tensors[outputs[0] ?? -1]?.shape.join();
}

/** `tensor` as one number a channel, when it is a constant that broadcasts like that. */
function channelConstants(tensor: Tensor | undefined, channels: number): Float32Array | undefined {
  if (!tensor || tensor.type !== 'float32' || !isConstant(tensor)) return undefined;
  const values = floatsOf(tensor);
  if (values.length === 1) return new Float32Array(channels).fill(values[0] ?? 0);
  return values.length === channels && tensor.shape.at(-1) === channels ? values : undefined;
}

function applyMerge(graph: Graph, { linear, kernel, bias, arithmetic, constants }: Merge): Graph {
  const [input = -1] = linear.inputs;
  const isMul = arithmetic.kind === 'MUL';
  const biasValues = bias ? floatsOf(bias) : new Float32Array(constants.length);
  for (let i = 0; i < biasValues.length; i++) {
    const constant = constants[i] ?? 0;
    biasValues[i] = isMul ? (biasValues[i] ?? 0) * constant : (biasValues[i] ?? 0) + constant;
  }
  // New tensors, for another operator may share the old ones.
  const newBias: Tensor = {
    name: bias?.name ?? `${linear.name}/bias`,
    shape: [constants.length],
    type: 'float32',
    data: bytesOf(biasValues),
  };
  const newKernel: Tensor = isMul
    ? { ...kernel, data: bytesOf(scaleChannels(kernel, channelAxes[linear.kind], constants)) }
    : kernel;
  const count = graph.tensors.length;
  const merged = withActivation(
    { ...linear, inputs: [input, count, count + 1], outputs: arithmetic.outputs },
    arithmetic.options.activation,
  );
  return {
    ...graph,
    tensors: [...graph.tensors, newKernel, newBias],
    operators: graph.operators
      .filter((operator) => operator !== arithmetic)
      .map((operator) => (operator === linear ? merged : operator)),
  };
}

/** The kernel's values, those of output channel c times `factors[c]`. */
function scaleChannels(kernel: Tensor, axis: number, factors: Float32Array): Float32Array {
  const values = floatsOf(kernel);
  const inner = tensorElements(kernel.shape.slice(axis + 1));
  for (let i = 0; i < values.length; i++) {
    const channel = Math.floor(i / inner) % factors.length;
    values[i] = (values[i] ?? 0) * (factors[channel] ?? 0);
  }
  return values;
}
