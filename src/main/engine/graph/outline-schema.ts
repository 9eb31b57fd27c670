import { child, children, int32s, int8 } from './flatbuffer/fields';
import { type ShapeOf, table } from './flatbuffer/table';
import { modelTable, operatorTable, quantizationParameters, tensorTable } from './tflite-schema';

/**
 * The tables of `tflite-schema.ts` once more, refusing nothing: enough to say what a file holds,
 * not to compute with it. Types of tensors are the bare numbers of enum TensorType.
 */
const tensorOutline = table('Tensor', {
  shape: tensorTable.fields.shape,
  type: int8(1),
  buffer: tensorTable.fields.buffer,
  name: tensorTable.fields.name,
  quantization: child(4, table('QuantizationParameters', quantizationParameters.fields)),
});

const operatorOutline = table('Operator', operatorTable.fields);

const subGraphOutline = table('SubGraph', {
  tensors: children(0, tensorOutline),
  inputs: int32s(1),
  outputs: int32s(2),
  operators: children(3, operatorOutline),
});

export const modelOutline = table('Model', {
  operatorCodes: modelTable.fields.operatorCodes,
  subgraphs: children(2, subGraphOutline),
  description: modelTable.fields.description,
  buffers: modelTable.fields.buffers,
});

export type TensorOutline = ShapeOf<typeof tensorOutline>;
export type OperatorOutline = ShapeOf<typeof operatorOutline>;
export type SubGraphOutline = ShapeOf<typeof subGraphOutline>;
export type ModelOutline = ShapeOf<typeof modelOutline>;
