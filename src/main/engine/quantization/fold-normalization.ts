import type { GraphChange } from '../../../shared/domain/model';
import type { Preprocessing } from '../../../shared/domain/preprocessing';
import type { Graph, Operator } from '../graph/graph';
import { bytesOf, floatsOf, isConstant } from '../graph/tensor-data';

type Normalization = Pick<Preprocessing, 'mean' | 'std'>;

export interface FoldedNormalization {
  graph: Graph;
  /** What the input of `graph` expects instead: one that bytes are stored by exactly. */
  normalization: Normalization;
  change: GraphChange;
}

/**
 * Rewrites the first convolution for an input whose bytes are stored exactly, whatever mean and standard
 * deviation the model was trained with: x = (byte - mean) / std of each channel is linear in
 * x' = (byte - m) / s with a whole m, and a convolution takes that in with other weights and biases.
 * Only where it pads is there a difference: the edge is 0 in x', not in x.
 * @returns undefined when the input is read by anything but one CONV_2D with float constants.
 */
export function foldNormalization(
  graph: Graph,
  { mean, std }: Normalization,
): FoldedNormalization | undefined {
  const [input = -1] = graph.inputs;
  const readers = graph.operators.filter(({ inputs }) => inputs.includes(input));
  const [first] = readers;
  if (readers.length !== 1 || first?.kind !== 'CONV_2D') return undefined;
  const [, weightIndex = -1, biasIndex = -1] = first.inputs;
  const weights = graph.tensors[weightIndex];
  const bias = graph.tensors[biasIndex];
  if (!weights || !bias || !isConstant(weights) || !isConstant(bias)) return undefined;
  if (weights.type !== 'float32' || weights.shape[3] !== mean.length) return undefined;

  const whole = Math.round(mean.reduce((sum, value) => sum + value, 0) / mean.length);
  const [spread] = std;
  const factors = std.map((value) => spread / value);
  const shifts = mean.map((value, channel) => (whole - value) / (std[channel] ?? 1));

  const values = floatsOf(weights);
  const folded = new Float32Array(values.length);
  const biases = Float32Array.from(floatsOf(bias));
  const perOutput = values.length / biases.length;
  values.forEach((value, at) => {
    const channel = at % mean.length;
    const output = Math.floor(at / perOutput);
    folded[at] = value * (factors[channel] ?? 1);
    biases[output] = (biases[output] ?? 0) + value * (shifts[channel] ?? 0);
  });

  const added = graph.tensors.length;
  const tensors = [
    ...graph.tensors,
    // Others may share the constants.
    { ...weights, data: bytesOf(folded) },
    { ...bias, data: bytesOf(biases) },
  ];
  const operators = graph.operators.map(
    (operator): Operator =>
      operator === first ? { ...first, inputs: [input, added, added + 1] } : operator,
  );
  const largest = Math.max(...shifts.map(Math.abs));
  const edge =
    first.options.padding === 'same' && largest > 0
      ? `, exactly but for the picture’s edge, where padding is off by up to ${largest.toFixed(4)}`
      : ', exactly';
  return {
    graph: { ...graph, tensors, operators },
    normalization: { mean: [whole, whole, whole], std: [spread, spread, spread] },
    change: {
      pass: 'fold-normalization',
      description: `Took mean ${mean.join(', ')} and std ${std.join(', ')} into ${first.name || 'the first convolution'}${edge}: the input takes bytes as they are`,
    },
  };
}
