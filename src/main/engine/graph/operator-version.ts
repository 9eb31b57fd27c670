import type { Operator, Tensor } from './graph';
import type { FileOperatorKind } from './operator-codecs';

/**
 * The lowest operator version whose definition covers `operator`: what GetBuiltinOperatorVersion
 * of tensorflow/lite/tools/versioning/op_version.cc answers. An older runtime refuses a version
 * it does not know instead of computing something else.
 */
export function operatorVersion(
  operator: Operator<FileOperatorKind>,
  tensors: readonly Tensor[],
): number {
  const input = tensors[operator.inputs[0] ?? -1];
  const second = tensors[operator.inputs[1] ?? -1];
  const output = tensors[operator.outputs[0] ?? -1];
  const hybrid = input?.type === 'float32' && second?.type === 'int8';
  const int8 = input?.type === 'int8';
  const int16 = input?.type === 'int16';

  switch (operator.kind) {
    case 'CONV_2D':
      if (isGrouped(input, second)) return 6;
      if (int16) return 4;
      if (int8) return 3;
      if (hybrid) return isPerChannel(second) ? 5 : 2;
      return 1;
    case 'DEPTHWISE_CONV_2D':
      if (int16) return 5;
      if (hybrid) return isPerChannel(second) ? 6 : 4;
      if (int8) return 3;
      return operator.options.dilationWidth !== 1 || operator.options.dilationHeight !== 1 ? 2 : 1;
    case 'FULLY_CONNECTED':
      if (hybrid && isPerChannel(second)) return 12;
      if (int16) return 7;
      if (operator.inputs.length === 2) return 6;
      if (operator.options.keepNumDims) return 5;
      if (int8) return 4;
      return hybrid ? 3 : 1;
    case 'DEQUANTIZE':
      if (int16 || input?.type === 'float16') return 3;
      if (int8) return isPerChannel(input) ? 5 : 2;
      return 1;
    case 'QUANTIZE':
      if (isPerChannel(output)) return 3;
      return output?.type === 'int16' ? 2 : 1;
    case 'ADD':
      if (int16 && operator.options.anyScale) return 3;
      if (input?.type === 'int64') return 4;
      return int8 ? 2 : 1;
    case 'SUB':
      if (int16 && operator.options.anyScale) return 5;
      if (input?.type === 'int64') return 4;
      if (broadcastsBeyond4D(input, second)) return 3;
      return int8 ? 2 : 1;
    case 'MUL':
      if (input?.type === 'int64') return 5;
      if (int16) return 4;
      if (rescale(input, second, output) >= 1) return 3;
      return int8 ? 2 : 1;
    case 'PAD':
      if (input && input.shape.length > 4) return 4;
      if (int16) return 3;
      return int8 ? 2 : 1;
    case 'RELU':
      if (int16) return 3;
      return int8 || input?.type === 'uint8' ? 2 : 1;
    case 'AVERAGE_POOL_2D':
    case 'MAX_POOL_2D':
    case 'SOFTMAX':
    case 'MEAN':
    case 'CONCATENATION':
    case 'RELU6':
    case 'LOGISTIC':
      if (int16) return 3;
      return int8 ? 2 : 1;
    case 'RESHAPE':
    case 'SQUEEZE':
    case 'HARD_SWISH':
      return 1;
  }
}

const isPerChannel = (tensor: Tensor | undefined): boolean =>
  (tensor?.quantization?.scale.length ?? 0) > 1;

function isGrouped(input: Tensor | undefined, kernel: Tensor | undefined): boolean {
  return input?.shape[3] !== kernel?.shape[3];
}

function broadcastsBeyond4D(first: Tensor | undefined, second: Tensor | undefined): boolean {
  if (!first || !second) return false;
  const same = first.shape.join() === second.shape.join();
  return !same && Math.max(first.shape.length, second.shape.length) > 4;
}

/** Scale of the product over the scale of the output; 0 where one of them is not quantized. */
function rescale(...tensors: (Tensor | undefined)[]): number {
  const [first = 0, second = 0, output = 0] = tensors.map(
    (tensor) => tensor?.quantization?.scale[0],
  );
  return output === 0 ? 0 : (first * second) / output;
}
