import type { ElementType, Operator, OperatorOptions, Tensor } from '@main/engine/graph/graph';
import type { FileOperatorKind } from '@main/engine/graph/operator-codecs';
import { operatorVersion } from '@main/engine/graph/operator-version';
import { describe, expect, test } from 'vitest';

const tensor = (type: ElementType, channels = 0, shape = [1, 4, 4, 8]): Tensor => ({
  name: '',
  shape,
  type,
  ...(channels > 0
    ? {
        quantization: {
          scale: Array(channels).fill(0.5),
          zeroPoint: Array(channels).fill(0),
          axis: 0,
        },
      }
    : {}),
});

const float = tensor('float32');
const int8 = tensor('int8', 1);
const perChannel = tensor('int8', 8);

/** Version for inputs `tensors[0..n-2]` and output `tensors[n-1]`. */
function version<Kind extends FileOperatorKind>(
  kind: Kind,
  options: OperatorOptions[Kind],
  ...tensors: Tensor[]
): number {
  const output = tensors.length - 1;
  const operator: Operator<Kind> = {
    kind,
    name: '',
    inputs: Array.from({ length: output }, (_, index) => index),
    outputs: [output],
    options,
  };
  return operatorVersion(operator as Operator<FileOperatorKind>, tensors);
}

const convolution: OperatorOptions['CONV_2D'] = {
  padding: 'same',
  strideWidth: 1,
  strideHeight: 1,
  dilationWidth: 1,
  dilationHeight: 1,
  activation: 'none',
};
const depthwise = { ...convolution, depthMultiplier: 1 };
const dense = { activation: 'none', keepNumDims: false } as const;
const sum = { activation: 'none' } as const;

const int16 = tensor('int16', 1);
const int64 = tensor('int64', 8);

// Expected numbers: GetBuiltinOperatorVersion in tensorflow/lite/tools/versioning/op_version.cc.
describe('the version is the oldest that means the same', () => {
  test.each([
    ['float CONV_2D', version('CONV_2D', convolution, float, float, float, float), 1],
    ['int8 CONV_2D', version('CONV_2D', convolution, int8, perChannel, int8, int8), 3],
    ['int16 CONV_2D', version('CONV_2D', convolution, int16, perChannel, int64, int16), 4],
    [
      'int16 DEPTHWISE',
      version('DEPTHWISE_CONV_2D', depthwise, int16, perChannel, int64, int16),
      5,
    ],
    ['int16 FULLY_CONNECTED', version('FULLY_CONNECTED', dense, int16, int8, int64, int16), 7],
    ['int16 ADD of any scales', version('ADD', { ...sum, anyScale: true }, int16, int16, int16), 3],
    ['int16 ADD of powers of two', version('ADD', sum, int16, int16, int16), 1],
    ['int16 SUB of any scales', version('SUB', { ...sum, anyScale: true }, int16, int16, int16), 5],
    ['hybrid CONV_2D', version('CONV_2D', convolution, float, int8, float, float), 2],
    [
      'hybrid CONV_2D by channel',
      version('CONV_2D', convolution, float, perChannel, float, float),
      5,
    ],
    [
      'grouped CONV_2D',
      version('CONV_2D', convolution, float, tensor('float32', 0, [8, 3, 3, 4]), float, float),
      6,
    ],
    ['float DEPTHWISE', version('DEPTHWISE_CONV_2D', depthwise, float, float, float, float), 1],
    [
      'dilated DEPTHWISE',
      version('DEPTHWISE_CONV_2D', { ...depthwise, dilationWidth: 2 }, float, float, float, float),
      2,
    ],
    ['int8 DEPTHWISE', version('DEPTHWISE_CONV_2D', depthwise, int8, perChannel, int8, int8), 3],
    [
      'hybrid DEPTHWISE',
      version('DEPTHWISE_CONV_2D', depthwise, float, perChannel, float, float),
      6,
    ],
    ['float FULLY_CONNECTED', version('FULLY_CONNECTED', dense, float, float, float, float), 1],
    ['FULLY_CONNECTED without bias', version('FULLY_CONNECTED', dense, float, float, float), 6],
    [
      'FULLY_CONNECTED that keeps dimensions',
      version('FULLY_CONNECTED', { ...dense, keepNumDims: true }, float, float, float, float),
      5,
    ],
    ['int8 FULLY_CONNECTED', version('FULLY_CONNECTED', dense, int8, int8, int8, int8), 4],
    ['hybrid FULLY_CONNECTED', version('FULLY_CONNECTED', dense, float, int8, float, float), 3],
    [
      'hybrid FULLY_CONNECTED by channel',
      version('FULLY_CONNECTED', dense, float, perChannel, float, float),
      12,
    ],
    ['DEQUANTIZE of float16', version('DEQUANTIZE', {}, tensor('float16'), float), 3],
    ['DEQUANTIZE of int8', version('DEQUANTIZE', {}, int8, float), 2],
    ['DEQUANTIZE of int8 by channel', version('DEQUANTIZE', {}, perChannel, float), 5],
    ['DEQUANTIZE of uint8', version('DEQUANTIZE', {}, tensor('uint8', 1), float), 1],
    ['QUANTIZE', version('QUANTIZE', {}, float, int8), 1],
    ['int8 SOFTMAX', version('SOFTMAX', { beta: 1 }, int8, int8), 2],
    ['float SOFTMAX', version('SOFTMAX', { beta: 1 }, float, float), 1],
    ['int8 ADD', version('ADD', sum, int8, int8, int8), 2],
    ['float ADD', version('ADD', sum, float, float, float), 1],
    ['int8 MUL that shrinks', version('MUL', sum, int8, int8, int8), 2],
    [
      'int8 MUL that grows',
      version('MUL', sum, int8, int8, {
        ...int8,
        quantization: { scale: [0.1], zeroPoint: [0], axis: 0 },
      }),
      3,
    ],
    ['int8 MEAN', version('MEAN', { keepDims: false }, int8, tensor('int32'), int8), 2],
    ['int8 RELU', version('RELU', {}, int8, int8), 2],
    [
      'PAD of 5 dimensions',
      version('PAD', {}, tensor('float32', 0, [1, 1, 1, 1, 1]), float, float),
      4,
    ],
    ['RESHAPE', version('RESHAPE', { newShape: [] }, int8, int8), 1],
  ])('%s: %i', (_, actual, expected) => {
    expect(actual).toBe(expected);
  });
});
