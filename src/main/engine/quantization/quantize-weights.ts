import { largestWeight, nearestWeight, roundHalfAwayFromZero } from './quantize-value';

/**
 * Biases are added to an int32 accumulator: half its range is left to the products. A channel
 * with tiny weights and an ordinary bias ("dead": batch normalization leaves such) would exceed
 * it, since a bias is stored in steps of input scale * weight scale. The int64 accumulator of int16
 * activations has more room, but what rescales its sums knows no factor below 2 ** -31, and a larger
 * bias would need one.
 */
const largestBias = 2 ** 30;

export interface QuantizedWeights {
  values: Int8Array;
  /** float32, one a channel; all the same with `oneScale`. */
  scales: number[];
  biases: Int32Array;
  /** Scales of `biases`: input scale * weight scale. */
  biasScales: number[];
  /** Channels whose scale was enlarged so that their bias fits. */
  enlarged: number;
}

export interface FloatWeights {
  values: Float32Array;
  shape: readonly number[];
  /** The axis of output channels. */
  axis: number;
  /** One a channel. */
  biases: Float32Array;
  /** One scale for all channels; the default is one for each. */
  oneScale?: boolean;
  /** The stored weights for these scales, one a channel; by default, or undefined, the nearest. */
  round?: ((scales: readonly number[]) => Int8Array | undefined) | undefined;
}

/** Symmetric int8 weights and int32 biases for an input of scale `inputScale`. */
export function quantizeWeights(weights: FloatWeights, inputScale: number): QuantizedWeights {
  const { values, shape, axis, biases, oneScale = false } = weights;
  const channels = shape[axis] ?? 1;
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const channelOf = (index: number) => Math.floor(index / inner) % channels;

  const largest = new Float32Array(channels);
  for (let i = 0; i < values.length; i++) {
    const channel = channelOf(i);
    const magnitude = Math.abs(values[i] ?? 0);
    if (magnitude > (largest[channel] ?? 0)) largest[channel] = magnitude;
  }

  const { scales, enlarged } = channelScales(
    oneScale ? alike(largest) : largest,
    oneScale ? alike(biases) : biases,
    inputScale,
  );
  const nearest = () => {
    const rounded = new Int8Array(values.length);
    // Millions of them: a plain loop takes a tenth of what Int8Array.from does.
    for (let i = 0; i < values.length; i++) {
      rounded[i] = nearestWeight(values[i] ?? 0, scales[channelOf(i)] ?? 1);
    }
    return rounded;
  };
  const stored = weights.round?.(scales) ?? nearest();
  const biasScales = scales.map((scale) => Math.fround(inputScale * scale));
  const storedBiases = Int32Array.from(biases, (bias, channel) =>
    roundHalfAwayFromZero(bias / (biasScales[channel] ?? 1)),
  );
  return { values: stored, scales, biases: storedBiases, biasScales, enlarged };
}

/** Each channel as the one with the largest magnitude. */
const alike = (channels: Float32Array): Float32Array =>
  channels.map(() => channels.reduce((most, value) => Math.max(most, Math.abs(value)), 0));

function channelScales(largest: Float32Array, biases: Float32Array, inputScale: number) {
  let enlarged = 0;
  // A channel without weights or bias stores nothing; it takes a scale that is at home here.
  const fallback = Math.max(...largest) / largestWeight || 1;
  const scales = Array.from(largest, (magnitude, channel) => {
    const forWeights = magnitude / largestWeight;
    const forBias = Math.abs(biases[channel] ?? 0) / (inputScale * largestBias);
    if (forBias > forWeights) enlarged++;
    return Math.fround(Math.max(forWeights, forBias)) || Math.fround(fallback);
  });
  return { scales, enlarged };
}
