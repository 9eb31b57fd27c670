import { AppError } from '../../../shared/api/errors';
import type { ElementType } from '../graph/graph';
import type { TensorData, TensorInfo } from './runtime';

/** `LiteRtElementType` of litert/c/litert_model_types.h; the numbers are TensorFlow Lite's. */
const elementTypes: ReadonlyMap<number, ElementType> = new Map([
  [1, 'float32'],
  [2, 'int32'],
  [3, 'uint8'],
  [4, 'int64'],
  [6, 'bool'],
  [7, 'int16'],
  [9, 'int8'],
  [10, 'float16'],
]);

/** @throws Error for a number that stands for no type known here. */
export function elementTypeOf(code: number): ElementType {
  const type = elementTypes.get(code);
  if (type === undefined) throw new Error(`tensor element type ${code} is not known`);
  return type;
}

const arrayTypes = {
  float32: Float32Array,
  int32: Int32Array,
  uint8: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
} as const;

/**
 * The array that holds a tensor's values.
 * @throws AppError 'model-unsupported' for types that are not exchanged with models.
 */
export function arrayTypeOf({ name, type }: TensorInfo) {
  if (type in arrayTypes) return arrayTypes[type as keyof typeof arrayTypes];
  throw new AppError(
    'model-unsupported',
    `The tensor ${name} holds ${type} values, which Pocketlens Studio cannot exchange with a model.`,
    'Export the model with float32, uint8 or int8 input and output.',
  );
}

export const elementCount = ({ shape }: TensorInfo): number =>
  shape.reduce((product, size) => product * size, 1);

/** A wrong array is a defect of the caller, but in LiteRT's memory it would be garbage answers. */
export function checkInputs(values: readonly TensorData[], inputs: readonly TensorInfo[]): void {
  if (values.length !== inputs.length) {
    throw new TypeError(`${values.length} inputs given, the model has ${inputs.length}`);
  }
  inputs.forEach((input, index) => {
    const value = values[index];
    const elements = elementCount(input);
    if (!(value instanceof arrayTypeOf(input)) || value.length !== elements) {
      throw new TypeError(
        `Input ${input.name} takes ${elements} ${input.type} values, got ${value?.length} in ${value?.constructor.name}`,
      );
    }
  });
}
