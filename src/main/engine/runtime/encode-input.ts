import type { Preprocessing } from '../../../shared/domain/preprocessing';
import { normalizePixels } from '../../../shared/domain/preprocessing';
import { quantizeValue, storedRange } from '../quantization/quantize-value';
import type { TensorData } from './runtime';

type InputContract = Pick<Preprocessing, 'width' | 'height' | 'mean' | 'std' | 'input'>;

/**
 * Returns the function that turns RGB bytes (length width*height*3, rows from the top left) into
 * the model's input tensor: normalized float32, or normalized and stored as uint8 or int8 by
 * `input.scale` and `input.zeroPoint`. Make it once a model. The answer may be the given array
 * itself where a model takes plain bytes.
 */
export function createInputEncoder(contract: InputContract): (bytes: Uint8Array) => TensorData {
  const elements = contract.width * contract.height * 3;
  const encode =
    contract.input.type === 'float32' ? floatEncoder(contract) : tableEncoder(contract);
  return (bytes) => {
    if (bytes.length !== elements) {
      throw new TypeError(
        `A model input of ${contract.width}x${contract.height} has ${elements} bytes, got ${bytes.length}`,
      );
    }
    return encode(bytes);
  };
}

function floatEncoder(contract: InputContract) {
  return (bytes: Uint8Array) => {
    const target = new Float32Array(bytes.length);
    normalizePixels(bytes, contract, target);
    return target;
  };
}

/** There are only 256 bytes a channel, so what each is stored as is worked out beforehand. */
function tableEncoder({ mean, std, input }: InputContract) {
  if (input.type === 'float32') throw new TypeError('float32 inputs are not stored by a table');
  const ArrayType = input.type === 'int8' ? Int8Array : Uint8Array;
  const table = new ArrayType(3 * 256);
  for (let channel = 0; channel < 3; channel++) {
    for (let byte = 0; byte < 256; byte++) {
      const real = (byte - (mean[channel] ?? 0)) / (std[channel] ?? 1);
      table[channel * 256 + byte] = quantizeValue(real, input, storedRange[input.type]);
    }
  }
  if (table instanceof Uint8Array && table.every((stored, index) => stored === index % 256)) {
    return (bytes: Uint8Array) => bytes;
  }
  return (bytes: Uint8Array) => {
    const target = new ArrayType(bytes.length);
    for (let i = 0; i < bytes.length; i += 3) {
      target[i] = table[bytes[i] ?? 0] ?? 0;
      target[i + 1] = table[256 + (bytes[i + 1] ?? 0)] ?? 0;
      target[i + 2] = table[512 + (bytes[i + 2] ?? 0)] ?? 0;
    }
    return target;
  };
}
