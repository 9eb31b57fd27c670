import type { TorchTensor } from './read-torch-checkpoint';

/** Of every EfficientNet-Lite checkpoint; PyTorch's own default is another (1e-5). */
const EPSILON = 1e-3;

export interface BatchNorm {
  gamma: Float32Array;
  beta: Float32Array;
  mean: Float32Array;
  variance: Float32Array;
}

/**
 * A convolution without bias and the batch normalization behind it as one convolution. In double
 * precision, rounded once.
 * @param kernel [out, ...], channels first
 */
export function foldBatchNorm(
  { shape, values }: TorchTensor,
  { gamma, beta, mean, variance }: BatchNorm,
): { kernel: TorchTensor; bias: Float32Array } {
  const channels = shape[0] ?? 0;
  const perChannel = values.length / channels;
  const factors = Float64Array.from(
    gamma,
    (value, channel) => value / Math.sqrt((variance[channel] ?? 0) + EPSILON),
  );
  const kernel = values.map((value, i) => value * (factors[Math.floor(i / perChannel)] ?? 0));
  const bias = Float32Array.from(
    beta,
    (value, channel) => value - (mean[channel] ?? 0) * (factors[channel] ?? 0),
  );
  return { kernel: { shape, values: kernel }, bias };
}
