import type { Graph, Operator, Tensor } from '../graph';
import { bytesOf, floatsOf } from '../tensor-data';
import { type ConstantArithmetic, constantArithmetic, constantOf } from './constant-arithmetic';
import { linkGraph } from './graph-links';
import {
  isLinear,
  type Linear,
  type LinearWeights,
  linearWeights,
  withWeights,
} from './linear-layer';
import { samePadding } from './same-padding';
import { untilNone } from './until-none';

interface Fold {
  arithmetic: ConstantArithmetic;
  linear: Linear;
  weights: LinearWeights;
}

/**
 * Takes MUL and ADD by constants into the layer behind them: batch normalization before a convolution,
 * where none before could take it in, or the scaling of pixels. A sum is no sum any more where the layer
 * pads with zeros, so it stays before a layer that does.
 */
export const foldIntoNext = untilNone({
  pass: 'fold-into-next',
  find: findFold,
  apply: folded,
  describe: ({ arithmetic: { operator }, linear }) =>
    `Took ${operator.kind} ${operator.name} into the weights of ${linear.kind} ${linear.name} behind it`,
});

function findFold(graph: Graph): Fold | undefined {
  const links = linkGraph(graph);
  for (const linear of graph.operators) {
    if (!isLinear(linear)) continue;
    const [input = -1] = linear.inputs;
    const producer = links.producer(input);
    const arithmetic = producer && constantArithmetic(graph, producer);
    if (!arithmetic || arithmetic.operator.options.activation !== 'none') continue;
    if (links.onlyConsumer(input) !== linear) continue;
    const weights = linearWeights(graph, linear);
    if (!weights || !inputsOf(graph, linear, weights)) continue;
    if (!arithmetic.isMul && padsWithZeros(graph, linear, weights)) continue;
    return { arithmetic, linear, weights };
  }
  return undefined;
}

/** How many channels the layer's input has, when its weights are in line with that. */
function inputsOf(
  { tensors }: Graph,
  { kind, inputs }: Linear,
  { kernel, channels }: LinearWeights,
): number | undefined {
  const count = tensors[inputs[0] ?? -1]?.shape.at(-1) ?? 0;
  if (count === 0 || channels === 0) return undefined;
  const [, , , innermost = 0] = kernel.shape;
  const fits = {
    CONV_2D: innermost > 0 && count % innermost === 0 && channels % (count / innermost) === 0,
    DEPTHWISE_CONV_2D: channels % count === 0,
    FULLY_CONNECTED: (kernel.shape[1] ?? 0) % count === 0,
  };
  return fits[kind] ? count : undefined;
}

function padsWithZeros(graph: Graph, linear: Linear, { kernel }: LinearWeights): boolean {
  if (linear.kind === 'FULLY_CONNECTED' || linear.options.padding === 'valid') return false;
  const [, height = 0, width = 0] = graph.tensors[linear.inputs[0] ?? -1]?.shape ?? [];
  const [, kernelHeight = 0, kernelWidth = 0] = kernel.shape;
  const sides = samePadding([height, width], [kernelHeight, kernelWidth], linear.options);
  return Object.values(sides).some(({ before, after }) => before + after > 0);
}

function folded(graph: Graph, { arithmetic, linear, weights }: Fold): Graph {
  const { kernel, bias, channels } = weights;
  const inputs = inputsOf(graph, linear, weights) ?? 1;
  const { isMul, constants, operator, value } = arithmetic;
  const values = floatsOf(kernel);
  // In doubles: many small products are added up.
  const biases = Float64Array.from(bias ? floatsOf(bias) : new Float32Array(channels));
  const { input, output } = channelsOf(linear.kind, kernel, inputs, channels);
  values.forEach((weight, at) => {
    const constant = constantOf(constants, input(at));
    if (isMul) values[at] = weight * constant;
    else biases[output(at)] = (biases[output(at)] ?? 0) + weight * constant;
  });
  const newBias: Tensor = {
    name: bias?.name ?? `${linear.name}/bias`,
    shape: [channels],
    type: 'float32',
    data: bytesOf(Float32Array.from(biases)),
  };
  const changed: Linear = { ...linear, inputs: [value, ...linear.inputs.slice(1)] };
  const rewritten = withWeights(graph, linear, changed, {
    kernel: { ...kernel, data: bytesOf(values) },
    bias: newBias,
  });
  const without = (other: Operator) => other !== operator;
  return { ...rewritten, operators: rewritten.operators.filter(without) };
}

/** The channels that a kernel's weight reads from and adds to, by its place in row-major order. */
function channelsOf(kind: Linear['kind'], { shape }: Tensor, inputs: number, outputs: number) {
  const innermost = shape.at(-1) ?? 1;
  if (kind === 'DEPTHWISE_CONV_2D') {
    const each = outputs / inputs;
    return {
      input: (at: number) => Math.floor((at % outputs) / each),
      output: (at: number) => at % outputs,
    };
  }
  const perOutput = shape.slice(1).reduce((product, size) => product * size, 1);
  const output = (at: number) => Math.floor(at / perOutput);
  if (kind === 'FULLY_CONNECTED') {
    // A dense layer flattens a picture: its channels come round again and again.
    return { input: (at: number) => (at % perOutput) % inputs, output };
  }
  const perGroup = outputs / (inputs / innermost);
  return {
    input: (at: number) => Math.floor(output(at) / perGroup) * innermost + (at % innermost),
    output,
  };
}
