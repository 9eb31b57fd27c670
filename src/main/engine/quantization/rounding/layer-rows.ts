import type { Operator } from '../../graph/graph';
import { samePadding } from '../../graph/passes/same-padding';

/**
 * How a convolution or dense layer meets its input: each value of its output is the product of some
 * weights with a row of input values. Outputs fall into `groups` that read rows of their own: one for a
 * plain convolution, one a channel for a depthwise one.
 */
export interface LayerRows {
  /** Values of a row: weights of one output. */
  length: number;
  groups: number;
  outputs: number;
  /** Rows that one photo gives each group: places of the output. */
  places: number;
  /** Where in the stored weights the weight of `output` for the value `at` of its row is. */
  weightAt(output: number, at: number): number;
  /** The group whose rows an output reads. */
  groupOf(output: number): number;
  /** Writes what the layer sees at a place, all groups one after the other, `groups * length` values. */
  read(input: Float32Array, place: number, rows: Float64Array): void;
}

/**
 * @param input shape of what the layer reads.
 * @param weights shape of its weights.
 * @returns undefined for other operators, and for shapes that are not known.
 */
export function layerRows(
  operator: Operator,
  input: readonly number[] | undefined,
  weights: readonly number[],
): LayerRows | undefined {
  if (!input || input.some((size) => size < 0)) return undefined;
  if (operator.kind === 'FULLY_CONNECTED') return denseRows(input, weights);
  if (operator.kind === 'CONV_2D' || operator.kind === 'DEPTHWISE_CONV_2D') {
    return input.length === 4 ? convolutionRows(operator, input, weights) : undefined;
  }
  return undefined;
}

function denseRows(input: readonly number[], weights: readonly number[]): LayerRows {
  const [outputs = 1, length = 1] = weights;
  return {
    length,
    groups: 1,
    outputs,
    places: input.reduce((product, size) => product * size, 1) / length,
    weightAt: (output, at) => output * length + at,
    groupOf: () => 0,
    read: (values, place, rows) => rows.set(values.subarray(place * length, (place + 1) * length)),
  };
}

function convolutionRows(
  operator: Operator<'CONV_2D' | 'DEPTHWISE_CONV_2D'>,
  [, height = 1, width = 1, channels = 1]: readonly number[],
  weights: readonly number[],
): LayerRows {
  const { options } = operator;
  const isDepthwise = operator.kind === 'DEPTHWISE_CONV_2D';
  const [first = 1, kernelHeight = 1, kernelWidth = 1, last = 1] = weights;
  const outputs = isDepthwise ? last : first;
  const own = isDepthwise ? 1 : last;
  const groups = channels / own;
  const taps = kernelHeight * kernelWidth;
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = options;
  const padded = samePadding([height, width], [kernelHeight, kernelWidth], options);
  const isSame = options.padding === 'same';
  const across = (size: number, kernel: number, stride: number, dilation: number) =>
    Math.ceil((size - (kernel - 1) * dilation) / stride);
  const high = isSame
    ? padded.height.output
    : across(height, kernelHeight, strideHeight, dilationHeight);
  const wide = isSame
    ? padded.width.output
    : across(width, kernelWidth, strideWidth, dilationWidth);
  const top = isSame ? padded.height.before : 0;
  const left = isSame ? padded.width.before : 0;
  const length = taps * own;
  const nothing = new Float32Array(channels);
  return {
    length,
    groups,
    outputs,
    places: high * wide,
    weightAt: (output, at) => (isDepthwise ? at * last + output : output * length + at),
    groupOf: (output) => Math.floor((output * groups) / outputs),
    read(values, place, rows) {
      const y = Math.floor(place / wide) * strideHeight - top;
      const x = (place % wide) * strideWidth - left;
      for (let tap = 0; tap < taps; tap += 1) {
        const row = y + Math.floor(tap / kernelWidth) * dilationHeight;
        const column = x + (tap % kernelWidth) * dilationWidth;
        const isInside = row >= 0 && row < height && column >= 0 && column < width;
        const from = (row * width + column) * channels;
        const seen = isInside ? values.subarray(from, from + channels) : nothing;
        if (groups === 1) rows.set(seen, tap * channels);
        else scatter(seen, rows, { groups, own, length, at: tap * own });
      }
    },
  };
}

/** Deals the channels of one place to the rows of their groups. */
function scatter(
  seen: Float32Array,
  rows: Float64Array,
  { groups, own, length, at }: { groups: number; own: number; length: number; at: number },
): void {
  for (let group = 0; group < groups; group += 1) {
    for (let channel = 0; channel < own; channel += 1) {
      rows[group * length + at + channel] = seen[group * own + channel] ?? 0;
    }
  }
}
