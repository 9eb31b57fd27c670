import { quantizeValue, type StoredType, storedRange } from './quantize-value';

/** Smallest and largest real value of a tensor. */
export interface ValueRange {
  min: number;
  max: number;
}

/** real = scale * (stored - zeroPoint), one pair for a whole tensor. */
export interface AffineEncoding {
  scale: number;
  zeroPoint: number;
}

/** The range of both. */
export const unionOfRanges = (a: ValueRange, b: ValueRange): ValueRange => ({
  min: Math.min(a.min, b.min),
  max: Math.max(a.max, b.max),
});

/**
 * The int8 encoding of a range, asymmetric. The range is widened to hold zero, and the zero point
 * is an integer, so that zero (padding, ReLU's floor) is stored exactly, as TFLite's 8-bit
 * quantization specification demands. The scale is a float32, as in the file. A tensor that is
 * always zero gets the range 0..1: any scale stores it.
 */
export function int8Encoding({ min, max }: ValueRange): AffineEncoding {
  const low = Math.min(0, min);
  const high = low === 0 && max <= 0 ? 1 : Math.max(0, max);
  const steps = storedRange.int8.max - storedRange.int8.min;
  const scale = Math.fround((high - low) / steps);
  // With zero point 0 the stored value of `low` is how far below zero the range starts.
  const belowZero = Math.round(-low / scale);
  return { scale, zeroPoint: Math.min(storedRange.int8.max, storedRange.int8.min + belowZero) };
}

/**
 * The int16 encoding of a range: symmetric, as TFLite's kernels for 16-bit values demand. A tensor that
 * is always zero gets the range -1..1.
 */
export function int16Encoding({ min, max }: ValueRange): AffineEncoding {
  const magnitude = Math.max(Math.abs(min), Math.abs(max));
  return { scale: Math.fround((magnitude || 1) / storedRange.int16.max), zeroPoint: 0 };
}

/** What an encoding can hold. */
export const rangeOfStored = (
  type: StoredType,
  { scale, zeroPoint }: AffineEncoding,
): ValueRange => ({
  min: scale * (storedRange[type].min - zeroPoint),
  max: scale * (storedRange[type].max - zeroPoint),
});

/** The integers that store `values` best. */
export function quantizeValues(
  values: Float32Array,
  encoding: AffineEncoding,
  type: 'int8' | 'int16',
): Int8Array | Int16Array {
  const { length } = values;
  const stored = type === 'int8' ? new Int8Array(length) : new Int16Array(length);
  values.forEach((value, at) => {
    stored[at] = quantizeValue(value, encoding, storedRange[type]);
  });
  return stored;
}
