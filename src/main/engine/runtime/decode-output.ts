import type { TensorEncoding } from '../../../shared/domain/preprocessing';
import type { TensorData } from './runtime';

/**
 * What an output tensor says, as real numbers: probabilities for a classifier. A float32 tensor
 * is returned as it is.
 */
export function decodeOutput(data: TensorData, encoding: TensorEncoding): Float32Array {
  if (encoding.type === 'float32') {
    if (data instanceof Float32Array) return data;
    throw new TypeError('The contract says float32, the tensor holds integers');
  }
  const { scale, zeroPoint } = encoding;
  return Float32Array.from(data, (stored) => scale * (stored - zeroPoint));
}
