import {
  bool,
  bytes,
  child,
  children,
  enumeration,
  float32,
  float32s,
  int32,
  int32s,
  int64,
  int64s,
  int8,
  presence,
  text,
  uint32,
} from './flatbuffer/fields';
import { type Field, type ShapeOf, table } from './flatbuffer/table';
import { union } from './flatbuffer/union';
import type { Activation, ElementType, OperatorOptions, Padding } from './graph';

/**
 * The tables of a TFLite file, version 3, as far as this program uses them. Slots are the field
 * numbers of tensorflow/lite/schema/schema.fbs; fields left out there are ignored, `refused` ones
 * make a file unsupported. Options tables have the shape of `OperatorOptions`.
 */
export const TFLITE_IDENTIFIER = 'TFL3';
export const TFLITE_VERSION = 3;

const padding = (slot: number) => enumeration<Padding>(slot, 'Padding', ['same', 'valid']);

const activation = (slot: number) =>
  enumeration<Activation>(slot, 'ActivationFunctionType', [
    'none',
    'relu',
    'relu-n1-to-1',
    'relu6',
    'tanh',
  ]);

/** Without STRING, COMPLEX64 and the younger ones. */
const elementType = (slot: number) =>
  enumeration<ElementType>(slot, 'TensorType', [
    'float32',
    'float16',
    'int32',
    'uint8',
    'int64',
    undefined,
    'bool',
    'int16',
    undefined,
    'int8',
  ]);

export const conv2DOptions = table<OperatorOptions['CONV_2D']>('Conv2DOptions', {
  padding: padding(0),
  strideWidth: int32(1),
  strideHeight: int32(2),
  activation: activation(3),
  dilationWidth: int32(4, 1),
  dilationHeight: int32(5, 1),
});

export const depthwiseConv2DOptions = table<OperatorOptions['DEPTHWISE_CONV_2D']>(
  'DepthwiseConv2DOptions',
  {
    padding: padding(0),
    strideWidth: int32(1),
    strideHeight: int32(2),
    depthMultiplier: int32(3),
    activation: activation(4),
    dilationWidth: int32(5, 1),
    dilationHeight: int32(6, 1),
  },
);

export const pool2DOptions = table<OperatorOptions['AVERAGE_POOL_2D']>('Pool2DOptions', {
  padding: padding(0),
  strideWidth: int32(1),
  strideHeight: int32(2),
  filterWidth: int32(3),
  filterHeight: int32(4),
  activation: activation(5),
});

export const fullyConnectedOptions = table<OperatorOptions['FULLY_CONNECTED']>(
  'FullyConnectedOptions',
  { activation: activation(0), keepNumDims: bool(2) },
  { weights_format: int8(1), asymmetric_quantize_inputs: bool(3) },
);

export const softmaxOptions = table<OperatorOptions['SOFTMAX']>('SoftmaxOptions', {
  beta: float32(0),
});

const powersOfTwo = bool(1, true);

/** `pot_scale_int16`, which is true where a file says nothing. */
const anyScale: Field<true | undefined> = {
  slot: powersOfTwo.slot,
  read: (view) => (powersOfTwo.read(view) ? undefined : true),
  prepare: (builder, value) => powersOfTwo.prepare(builder, value !== true),
};

/** AddOptions and SubOptions. */
export const additionOptions = table<OperatorOptions['ADD']>('AddOptions', {
  activation: activation(0),
  anyScale,
});

export const multiplicationOptions = table<OperatorOptions['MUL']>('MulOptions', {
  activation: activation(0),
});

export const concatenationOptions = table<OperatorOptions['CONCATENATION']>(
  'ConcatenationOptions',
  { axis: int32(0), activation: activation(1) },
);

export const reshapeOptions = table<OperatorOptions['RESHAPE']>('ReshapeOptions', {
  newShape: int32s(0),
});

export const squeezeOptions = table<OperatorOptions['SQUEEZE']>('SqueezeOptions', {
  squeezeDims: int32s(0),
});

export const reducerOptions = table<OperatorOptions['MEAN']>('ReducerOptions', {
  keepDims: bool(0),
});

/** PadOptions, HardSwishOptions, QuantizeOptions, DequantizeOptions: tables without fields. */
export const emptyOptions = table<OperatorOptions['PAD']>('PadOptions', {});

export const quantizationParameters = table(
  'QuantizationParameters',
  { scale: float32s(2), zeroPoint: int64s(3), axis: int32(6) },
  { details: presence(5) },
);

export const tensorTable = table(
  'Tensor',
  {
    shape: int32s(0),
    type: elementType(1),
    buffer: uint32(2),
    name: text(3),
    quantization: child(4, quantizationParameters),
  },
  { is_variable: bool(5), sparsity: presence(6) },
);

/** `builtin_code` counts past 127, which the byte of `deprecated_builtin_code` can't. */
export const operatorCodeTable = table('OperatorCode', {
  deprecatedBuiltinCode: int8(0),
  customCode: text(1),
  version: int32(2, 1),
  builtinCode: int32(3),
});

export const operatorTable = table(
  'Operator',
  {
    opcodeIndex: uint32(0),
    inputs: int32s(1),
    outputs: int32s(2),
    builtinOptions: union(4),
  },
  { builtin_options_2: presence(12) },
);

const subGraphTable = table('SubGraph', {
  tensors: children(0, tensorTable),
  inputs: int32s(1),
  outputs: int32s(2),
  operators: children(3, operatorTable),
  name: text(4),
});

/** force_align 16 in the schema; an offset beyond 1 means data after the FlatBuffer (over 2 GB). */
const bufferTable = table('Buffer', { data: bytes(0, 16) }, { offset: int64(1), size: int64(2) });

const metadataTable = table('Metadata', { name: text(0), buffer: uint32(1) });

export const modelTable = table('Model', {
  version: uint32(0),
  operatorCodes: children(1, operatorCodeTable),
  subgraphs: children(2, subGraphTable),
  description: text(3),
  buffers: children(4, bufferTable),
  metadata: children(6, metadataTable),
});

/** The same root, read for its metadata alone, whatever its graph holds. */
export const modelBuffersTable = table('Model', {
  buffers: modelTable.fields.buffers,
  metadata: modelTable.fields.metadata,
});

export type ModelRecord = ShapeOf<typeof modelTable>;
export type TensorRecord = ShapeOf<typeof tensorTable>;
export type OperatorCodeRecord = ShapeOf<typeof operatorCodeTable>;
export type OperatorRecord = ShapeOf<typeof operatorTable>;
