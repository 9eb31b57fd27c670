import type { ElementType, Tensor } from './graph';

const elementSizes: Readonly<Record<ElementType, number>> = {
  float32: 4,
  float16: 2,
  int32: 4,
  uint8: 1,
  int64: 8,
  bool: 1,
  int16: 2,
  int8: 1,
};

/** Bytes of one element. */
export const elementSize = (type: ElementType): number => elementSizes[type];

/** Elements of a tensor of this shape; 1 for a scalar. */
export const tensorElements = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

export const isConstant = (tensor: Tensor): tensor is Tensor & { data: Uint8Array } =>
  tensor.data !== undefined;

/** The bytes of a typed array, not copied. TFLite stores little-endian, as does every host here. */
export const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Copies a constant's bytes, which may lie anywhere in a file, to a buffer of their own. */
function alignedBytes(tensor: Tensor, type: ElementType): ArrayBuffer {
  if (tensor.type !== type || !tensor.data) {
    throw new Error(`${tensor.name} is no constant of type ${type}`);
  }
  return new Uint8Array(tensor.data).buffer;
}

/** Values of a float32 constant, as a copy. */
export const floatsOf = (tensor: Tensor): Float32Array =>
  new Float32Array(alignedBytes(tensor, 'float32'));

/** Bit patterns of a float16 constant, as a copy. */
export const halvesOf = (tensor: Tensor): Uint16Array =>
  new Uint16Array(alignedBytes(tensor, 'float16'));
