import type { Graph, Operator, Tensor } from '../graph';
import { bytesOf, floatsOf, tensorElements } from '../tensor-data';
import { type ConstantArithmetic, constantArithmetic, constantOf } from './constant-arithmetic';
import { counted } from './counted';
import { linkGraph } from './graph-links';
import {
  channelAxes,
  isLinear,
  type Linear,
  type LinearWeights,
  linearWeights,
  withWeights,
} from './linear-layer';
import { untilNone } from './until-none';
import { withActivation } from './with-activation';

interface Merge {
  linear: Linear;
  weights: LinearWeights;
  arithmetic: ConstantArithmetic;
}

/**
 * Merges MUL, ADD and SUB by constants (one, or one a channel) into the CONV_2D, DEPTHWISE_CONV_2D or
 * FULLY_CONNECTED before them: what batch normalization is once its statistics are fixed.
 */
export const mergeArithmetic = untilNone({
  pass: 'merge-arithmetic',
  find: findMerge,
  apply: applyMerge,
  describe: ({ arithmetic: { operator }, weights, linear }) =>
    `Merged ${operator.kind} ${operator.name} (${counted(weights.channels, 'channel')}) into ${linear.kind} ${linear.name}`,
});

function findMerge(graph: Graph): Merge | undefined {
  const links = linkGraph(graph);
  for (const operator of graph.operators) {
    const arithmetic = constantArithmetic(graph, operator);
    const linear = arithmetic && links.producer(arithmetic.value);
    if (!isLinear(linear) || linear.options.activation !== 'none') continue;
    if (links.onlyConsumer(arithmetic?.value ?? -1) !== operator) continue;
    const weights = linearWeights(graph, linear);
    if (!arithmetic || !weights) continue;
    const { length } = arithmetic.constants;
    if (length === 1 || length === weights.channels) return { linear, weights, arithmetic };
  }
  return undefined;
}

function applyMerge(graph: Graph, { linear, weights, arithmetic }: Merge): Graph {
  const { kernel, bias, channels } = weights;
  const { operator, isMul, constants } = arithmetic;
  const biasValues = bias ? floatsOf(bias) : new Float32Array(channels);
  for (let i = 0; i < biasValues.length; i++) {
    const constant = constantOf(constants, i);
    biasValues[i] = isMul ? (biasValues[i] ?? 0) * constant : (biasValues[i] ?? 0) + constant;
  }
  const newBias: Tensor = {
    name: bias?.name ?? `${linear.name}/bias`,
    shape: [channels],
    type: 'float32',
    data: bytesOf(biasValues),
  };
  const newKernel: Tensor = isMul
    ? { ...kernel, data: bytesOf(scaleChannels(kernel, channelAxes[linear.kind], constants)) }
    : kernel;
  const merged = withActivation(linear, operator.options.activation) as Linear;
  const rewritten = withWeights(
    graph,
    linear,
    { ...merged, outputs: operator.outputs },
    { kernel: newKernel, bias: newBias },
  );
  const without = (other: Operator) => other !== operator;
  return { ...rewritten, operators: rewritten.operators.filter(without) };
}

/** The kernel's values, those of output channel c times its factor. */
function scaleChannels(kernel: Tensor, axis: number, factors: Float32Array): Float32Array {
  const values = floatsOf(kernel);
  const channels = kernel.shape[axis] ?? 1;
  const inner = tensorElements(kernel.shape.slice(axis + 1));
  for (let i = 0; i < values.length; i++) {
    values[i] = (values[i] ?? 0) * constantOf(factors, Math.floor(i / inner) % channels);
  }
  return values;
}
