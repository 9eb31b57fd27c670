import { member, type UnionMember } from './flatbuffer/union';
import type { Operator, OperatorKind, OperatorOptions } from './graph';
import {
  additionOptions,
  concatenationOptions,
  conv2DOptions,
  depthwiseConv2DOptions,
  emptyOptions,
  fullyConnectedOptions,
  multiplicationOptions,
  pool2DOptions,
  reducerOptions,
  reshapeOptions,
  softmaxOptions,
  squeezeOptions,
} from './tflite-schema';

/** Kinds that a file can hold; the others live in a trainer's graph only. */
export type FileOperatorKind = Exclude<OperatorKind, 'DROPOUT' | 'IDENTITY'>;

interface OperatorCodec<Options> {
  /** In enum BuiltinOperator of the TFLite schema. */
  code: number;
  /** Its table in union BuiltinOptions of the TFLite schema. */
  options: UnionMember<Options>;
  /** Fewest and most inputs. Every kind has one output. */
  inputs: readonly [number, number];
}

/** RELU, RELU6 and LOGISTIC have no options table at all: NONE. */
const noOptions = member(0, emptyOptions);

/** Everything in the schema that depends on an operator's kind. */
export const operatorCodecs: {
  readonly [Kind in FileOperatorKind]: OperatorCodec<OperatorOptions[Kind]>;
} = {
  CONV_2D: { code: 3, options: member(1, conv2DOptions), inputs: [2, 3] },
  DEPTHWISE_CONV_2D: { code: 4, options: member(2, depthwiseConv2DOptions), inputs: [2, 3] },
  AVERAGE_POOL_2D: { code: 1, options: member(5, pool2DOptions), inputs: [1, 1] },
  MAX_POOL_2D: { code: 17, options: member(5, pool2DOptions), inputs: [1, 1] },
  FULLY_CONNECTED: { code: 9, options: member(8, fullyConnectedOptions), inputs: [2, 3] },
  SOFTMAX: { code: 25, options: member(9, softmaxOptions), inputs: [1, 1] },
  ADD: { code: 0, options: member(11, additionOptions), inputs: [2, 2] },
  SUB: { code: 41, options: member(28, additionOptions), inputs: [2, 2] },
  MUL: { code: 18, options: member(21, multiplicationOptions), inputs: [2, 2] },
  RESHAPE: { code: 22, options: member(17, reshapeOptions), inputs: [1, 2] },
  SQUEEZE: { code: 43, options: member(30, squeezeOptions), inputs: [1, 1] },
  MEAN: { code: 40, options: member(27, reducerOptions), inputs: [2, 2] },
  CONCATENATION: { code: 2, options: member(10, concatenationOptions), inputs: [1, 1000] },
  PAD: { code: 34, options: member(22, emptyOptions), inputs: [2, 2] },
  RELU: { code: 19, options: noOptions, inputs: [1, 1] },
  RELU6: { code: 21, options: noOptions, inputs: [1, 1] },
  LOGISTIC: { code: 14, options: noOptions, inputs: [1, 1] },
  HARD_SWISH: { code: 117, options: member(91, emptyOptions), inputs: [1, 1] },
  QUANTIZE: { code: 114, options: member(89, emptyOptions), inputs: [1, 1] },
  DEQUANTIZE: { code: 6, options: member(38, emptyOptions), inputs: [1, 1] },
};

export const isFileOperatorKind = (kind: string): kind is FileOperatorKind =>
  Object.hasOwn(operatorCodecs, kind);

export const isFileOperator = (operator: Operator): operator is Operator<FileOperatorKind> =>
  isFileOperatorKind(operator.kind);

const kindsByCode = new Map(
  Object.entries(operatorCodecs).flatMap(([kind, { code }]) =>
    isFileOperatorKind(kind) ? [[code, kind] as const] : [],
  ),
);

/** The kind with this number in enum BuiltinOperator, when this program understands it. */
export const kindOfCode = (code: number): FileOperatorKind | undefined => kindsByCode.get(code);
