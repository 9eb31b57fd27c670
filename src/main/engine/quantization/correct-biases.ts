import type { GraphChange } from '../../../shared/domain/model';
import { counted } from '../graph/passes/counted';
import type { QuantizedWeights } from './quantize-weights';

export interface RoundedLayer {
  kind: 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'FULLY_CONNECTED';
  shape: readonly number[];
  /** The float weights, in the order of the stored ones. */
  values: Float32Array;
  stored: Pick<QuantizedWeights, 'values' | 'scales'>;
  /** Mean of the layer's input by channel, on calibration photos. */
  inputMeans: Float64Array;
}

/**
 * What rounding the weights adds to each output channel on average: sum of (stored - float) times
 * the mean input. Subtracted from the bias, it leaves the mean of the output where it was (Nagel et
 * al., "Data-free quantization through weight equalization and bias correction", 2019, section 4.2;
 * here with measured means). Padding at the borders counts as if the picture went on.
 */
export function meanShift({ kind, shape, values, stored, inputMeans }: RoundedLayer): Float64Array {
  const channels = kind === 'DEPTHWISE_CONV_2D' ? (shape[3] ?? 1) : (shape[0] ?? 1);
  const perOutput = values.length / channels;
  const isDepthwise = kind === 'DEPTHWISE_CONV_2D';
  const perInput = Math.max(1, channels / Math.max(1, inputMeans.length));
  const innermost = shape.at(-1) ?? 1;
  // A grouped convolution sees its own group of the input's channels.
  const groups = Math.max(1, Math.floor(inputMeans.length / innermost));
  const inputOf = (i: number, output: number) => {
    if (isDepthwise) return Math.floor(output / perInput);
    const group = Math.floor((output * groups) / channels);
    // A dense layer flattens a picture: its channels come round again and again.
    return (group * innermost + (i % innermost)) % inputMeans.length;
  };
  const shift = new Float64Array(channels);
  for (let i = 0; i < values.length; i += 1) {
    const output = isDepthwise ? i % channels : Math.floor(i / perOutput);
    const input = inputOf(i, output);
    const error = (stored.scales[output] ?? 0) * (stored.values[i] ?? 0) - (values[i] ?? 0);
    shift[output] = (shift[output] ?? 0) + error * (inputMeans[input] ?? 0);
  }
  return shift;
}

export const biasesCorrected = (layers: number): GraphChange => ({
  pass: 'bias-correction',
  description: `Took from the biases of ${counted(layers, 'layer')} what rounding their weights added on average`,
});
