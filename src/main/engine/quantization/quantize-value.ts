/** Ranges of the stored integers, ends included. */
export const storedRange = {
  int8: { min: -128, max: 127 },
  uint8: { min: 0, max: 255 },
  int16: { min: -32768, max: 32767 },
} as const;
export type StoredType = keyof typeof storedRange;

/**
 * Nearest integer, halves away from zero: TFLite's own rule (`TfLiteRound`, used by its
 * `AffineQuantize`). `Math.round` differs for negative halves.
 */
export const roundHalfAwayFromZero = (value: number): number =>
  value < 0 ? -Math.round(-value) : Math.round(value);

/** The integer that stores `value` best: value ≈ scale * (stored - zeroPoint). */
export function quantizeValue(
  value: number,
  { scale, zeroPoint }: { scale: number; zeroPoint: number },
  { min, max }: { min: number; max: number },
): number {
  return Math.min(max, Math.max(min, roundHalfAwayFromZero(value / scale) + zeroPoint));
}

/** Weights are symmetric: -127..127, so that zero point 0 leaves no value without its negative. */
export const largestWeight = 127;

/** The integer that stores a weight best, in steps of `scale`. */
export const nearestWeight = (value: number, scale: number): number =>
  Math.max(-largestWeight, Math.min(largestWeight, roundHalfAwayFromZero(value / scale)));
