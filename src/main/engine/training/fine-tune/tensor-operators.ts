import type { Rank, Tensor as Value, Tensor4D } from '@tensorflow/tfjs-core';
import { AppError } from '../../../../shared/api/errors';
import type { Activation, Graph, Operator, Padding } from '../../graph/graph';
import { tensorElements } from '../../graph/tensor-data';
import type { TensorFlow } from '../tensor-engine';
import { untrainableReason, whyUntrainable } from './untrainable';

/** What an operator is computed from: values of any batch size, and the graph that it stands in. */
export interface OperatorCall {
  tf: TensorFlow;
  graph: Graph;
  operator: Operator;
  /** Of the input at a position, in TFLite's layout. Absent where the input is. */
  input(position: number): Value | undefined;
  /** [batch, width]: what drops out at DROPOUT; absent for inference. */
  keep?: Value;
}

/**
 * Computes one operator as LiteRT does, on operations that TensorFlow.js differentiates.
 * @throws AppError 'model-unsupported' for what can't be trained through.
 */
export function computeOperator(call: OperatorCall): Value {
  const { tf, graph, operator } = call;
  const why = whyUntrainable(graph, operator);
  if (why !== undefined) throw unsupported(operator, why);
  const value = required(call, 0);
  switch (operator.kind) {
    case 'CONV_2D':
      return activate(tf, convolve(call, value, operator), operator.options.activation);
    case 'DEPTHWISE_CONV_2D':
      return activate(tf, convolveDepthwise(call, value, operator), operator.options.activation);
    case 'FULLY_CONNECTED':
      return activate(tf, connect(call, value), operator.options.activation);
    case 'AVERAGE_POOL_2D':
    case 'MAX_POOL_2D': {
      const { filterHeight, filterWidth, strideHeight, strideWidth, padding, activation } =
        operator.options;
      const pool = operator.kind === 'AVERAGE_POOL_2D' ? tf.avgPool : tf.maxPool;
      const pooled = pool(
        value as Tensor4D,
        [filterHeight, filterWidth],
        [strideHeight, strideWidth],
        padding,
      );
      return activate(tf, pooled, activation);
    }
    case 'ADD':
      return activate(tf, tf.add(value, required(call, 1)), operator.options.activation);
    case 'SUB':
      return activate(tf, tf.sub(value, required(call, 1)), operator.options.activation);
    case 'MUL':
      return activate(tf, tf.mul(value, required(call, 1)), operator.options.activation);
    case 'CONCATENATION': {
      const values = operator.inputs.map((_, position) => required(call, position));
      return activate(tf, tf.concat(values, operator.options.axis), operator.options.activation);
    }
    case 'MEAN': {
      const axes = wholeNumbers(call, 1).map((axis) => (axis < 0 ? axis + value.rank : axis));
      return tf.mean(value, axes, operator.options.keepDims);
    }
    case 'PAD': {
      const edges = wholeNumbers(call, 1);
      const pairs = Array.from({ length: value.rank }, (_, axis): [number, number] => [
        edges[2 * axis] ?? 0,
        edges[2 * axis + 1] ?? 0,
      ]);
      return tf.pad(value, pairs);
    }
    case 'RESHAPE':
    case 'SQUEEZE':
      return tf.reshape(value, [-1, ...outputShape(call).slice(1)]);
    case 'RELU':
      return activate(tf, value, 'relu');
    case 'RELU6':
      return activate(tf, value, 'relu6');
    case 'LOGISTIC':
      return tf.sigmoid(value);
    case 'HARD_SWISH':
      return tf.mul(value, tf.div(activate(tf, tf.add(value, 3), 'relu6'), 6));
    case 'SOFTMAX':
      return tf.softmax(tf.mul(value, operator.options.beta));
    case 'DROPOUT':
      return call.keep ? tf.mul(value, call.keep) : value;
    case 'IDENTITY':
      return value;
    case 'QUANTIZE':
    case 'DEQUANTIZE':
      throw unsupported(operator, 'is quantized');
  }
}

function activate(tf: TensorFlow, value: Value, activation: Activation): Value {
  switch (activation) {
    case 'none':
      return value;
    case 'relu':
      return tf.relu(value);
    case 'relu6':
      return tf.clipByValue(value, 0, 6);
    case 'relu-n1-to-1':
      return tf.clipByValue(value, -1, 1);
    case 'tanh':
      return tf.tanh(value);
  }
}

/** Kernel [out, h, w, in] as TensorFlow's [h, w, in, out]. */
function convolve(call: OperatorCall, value: Value, { options }: Operator<'CONV_2D'>): Value {
  const { tf } = call;
  const kernel = required(call, 1);
  const { strides, dilations, padding } = windowOf(options);
  const turned = tf.transpose<Tensor4D>(kernel as Tensor4D, [1, 2, 3, 0]);
  const result = tf.conv2d(value as Tensor4D, turned, strides, padding, 'NHWC', dilations);
  return withBias(call, result);
}

/** Kernel [1, h, w, channels * multiplier] as TensorFlow's [h, w, channels, multiplier]. */
function convolveDepthwise(
  call: OperatorCall,
  value: Value,
  { options }: Operator<'DEPTHWISE_CONV_2D'>,
): Value {
  const { tf } = call;
  const kernel = required(call, 1);
  const [, height = 1, width = 1, channels = 1] = kernel.shape;
  const entering = value.shape[3] ?? 1;
  const { strides, dilations, padding } = windowOf(options);
  const shape: [number, number, number, number] = [height, width, entering, channels / entering];
  const shaped = tf.reshape<Rank.R4>(kernel, shape);
  const result = tf.depthwiseConv2d(value as Tensor4D, shaped, strides, padding, 'NHWC', dilations);
  return withBias(call, result);
}

interface Window {
  strideHeight: number;
  strideWidth: number;
  dilationHeight: number;
  dilationWidth: number;
  padding: Padding;
}

function windowOf(options: Window) {
  const strides: [number, number] = [options.strideHeight, options.strideWidth];
  const dilations: [number, number] = [options.dilationHeight, options.dilationWidth];
  return { strides, dilations, padding: options.padding };
}

/** Weights [out, in]: multiplied by their transpose. The rows of `value` are the photos. */
function connect(call: OperatorCall, value: Value): Value {
  const { tf } = call;
  const weights = required(call, 1);
  const rows = tf.reshape(value, [-1, weights.shape[1] ?? 1]);
  const result = withBias(call, tf.matMul(rows, tf.transpose(weights)));
  return tf.reshape(result, [-1, ...outputShape(call).slice(1)]);
}

function withBias(call: OperatorCall, value: Value): Value {
  const bias = call.input(2);
  return bias ? call.tf.add(value, bias) : value;
}

function required({ operator, input }: OperatorCall, position: number): Value {
  const value = input(position);
  if (!value) throw unsupported(operator, `lacks input ${position}`);
  return value;
}

function outputShape({ graph, operator }: OperatorCall): number[] {
  return graph.tensors[operator.outputs[0] ?? -1]?.shape ?? [];
}

/** An int32 constant: axes, or how much to pad. */
function wholeNumbers({ graph, operator }: OperatorCall, position: number): number[] {
  const tensor = graph.tensors[operator.inputs[position] ?? -1];
  if (tensor?.type !== 'int32' || !tensor.data) throw unsupported(operator, 'is not constant');
  const bytes = Uint8Array.from(tensor.data);
  return [...new Int32Array(bytes.buffer, 0, tensorElements(tensor.shape))];
}

const unsupported = (operator: Operator, why: string): AppError =>
  new AppError(
    'model-unsupported',
    untrainableReason(operator, why),
    'Train fewer blocks, so that it stays as it is, or train the head alone.',
  );
