import type { Preprocessing } from '../../../shared/domain/preprocessing';
import type { OperatorKind } from '../graph/graph';
import {
  type AffineEncoding,
  int16Encoding,
  int8Encoding,
  type ValueRange,
} from './affine-encoding';

export type Normalization = Pick<Preprocessing, 'mean' | 'std'>;

/** How a file whose layers compute in integers stores what they compute. Weights are int8 in each. */
export interface ActivationScheme {
  type: 'int8' | 'int16';
  /** Of the layers' sums, which biases are added to. */
  biasType: 'int32' | 'int64';
  encodingFor(range: ValueRange): AffineEncoding;
  /** Follows from the normalization alone, not from what photos showed. */
  inputEncoding(normalization: Normalization): AffineEncoding;
  /** The only one that SOFTMAX and LOGISTIC may answer in. */
  probabilityEncoding: AffineEncoding;
  /** Operators that compute in int8 but not in this; they stay in float. */
  withoutKernel: ReadonlySet<OperatorKind>;
}

/** "LiteRT 8-bit quantization specification": asymmetric, probabilities in steps of 1/256. */
export const int8Scheme: ActivationScheme = {
  type: 'int8',
  biasType: 'int32',
  encodingFor: int8Encoding,
  inputEncoding(normalization) {
    const { mean, std } = normalization;
    if (storesBytesExactly(normalization)) {
      return { scale: Math.fround(1 / std[0]), zeroPoint: mean[0] - 128 };
    }
    return int8Encoding(rangeOfBytes(normalization));
  },
  probabilityEncoding: { scale: 1 / 256, zeroPoint: -128 },
  withoutKernel: new Set(),
};

/**
 * How many times what calibration photos showed an int16 activation can hold: one of 16 bits, for values
 * that rounded weights and other photos add. An int8 one has none to spare.
 */
const headroom = 2;

/**
 * TFLite's "16x8" mode: symmetric, zero is stored as 0 everywhere, probabilities in steps of 1/32768.
 * Sums of 16-bit times 8-bit products exceed 32 bits, so biases have 64.
 */
export const int16Scheme: ActivationScheme = {
  type: 'int16',
  biasType: 'int64',
  encodingFor: ({ min, max }) => int16Encoding({ min: headroom * min, max: headroom * max }),
  inputEncoding: (normalization) => int16Encoding(rangeOfBytes(normalization)),
  probabilityEncoding: { scale: 1 / 32768, zeroPoint: 0 },
  withoutKernel: new Set<OperatorKind>(['HARD_SWISH']),
};

/**
 * Whether `stored = byte - 128` is exactly the normalized byte: all channels have one standard
 * deviation and one whole mean (real = (byte - mean) / std gives scale 1/std and zero point
 * mean - 128). Then nothing is lost before the first layer, and a uint8 input takes plain bytes.
 */
export function storesBytesExactly({ mean, std }: Normalization): boolean {
  const [m, s] = [mean[0], std[0]];
  const alike = mean.every((value) => value === m) && std.every((value) => value === s);
  return alike && Number.isInteger(m) && m >= 0 && m <= 255;
}

function rangeOfBytes({ mean, std }: Normalization): ValueRange {
  const ends = [0, 255].flatMap((byte) => mean.map((value, c) => (byte - value) / (std[c] ?? 1)));
  return { min: Math.min(...ends), max: Math.max(...ends) };
}
