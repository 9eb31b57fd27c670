import type { OperatorOptions } from '../graph';

type Convolution = Pick<
  OperatorOptions['CONV_2D'],
  'strideWidth' | 'strideHeight' | 'dilationWidth' | 'dilationHeight'
>;

/** What "same" padding adds along one side of a picture. */
export interface SidePadding {
  before: number;
  after: number;
  /** Places of the output. */
  output: number;
}

/**
 * TFLite's "same": as many places as strides fit into the input, zeros in equal parts around it, an odd
 * one behind (`ComputePaddingWithOffset` of tensorflow/lite/kernels/padding.h).
 */
export function samePadding(
  [height, width]: readonly [number, number],
  [kernelHeight, kernelWidth]: readonly [number, number],
  { strideHeight, strideWidth, dilationHeight, dilationWidth }: Convolution,
): { height: SidePadding; width: SidePadding } {
  return {
    height: alongSide(height, kernelHeight, strideHeight, dilationHeight),
    width: alongSide(width, kernelWidth, strideWidth, dilationWidth),
  };
}

function alongSide(size: number, kernel: number, stride: number, dilation: number): SidePadding {
  const output = Math.ceil(size / stride);
  const reach = (kernel - 1) * dilation + 1;
  const total = Math.max(0, (output - 1) * stride + reach - size);
  const before = Math.floor(total / 2);
  return { before, after: total - before, output };
}
