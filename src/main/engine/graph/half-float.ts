// IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits. Largest finite value 65504.

const SMALLEST_HALF = 2 ** -24;

const scratch = new ArrayBuffer(4);
const scratchFloat = new Float32Array(scratch);
const scratchBits = new Uint32Array(scratch);

/** Bit pattern of the nearest half, ties to even; beyond the range infinity, NaN stays NaN. */
export function halfBits(value: number): number {
  scratchFloat[0] = value;
  const bits = scratchBits[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  // 65520 is halfway between the largest half and the next power of two; it rounds away.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) {
    const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
    return sign | ((rounded - 0x38000000) >>> 13);
  }
  // Subnormal: adding 0.5 lines its fraction bits up with those of a float32, which then rounds.
  scratchBits[0] = magnitude;
  scratchFloat[0] += 0.5;
  return sign | (scratchBits[0] - 0x3f000000);
}

/** The number that a half's bit pattern stands for; exact in float32. */
export function halfValue(bits: number): number {
  const sign = (bits & 0x8000) << 16;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return (sign < 0 ? -fraction : fraction) * SMALLEST_HALF;
  const wideExponent = exponent === 0x1f ? 0xff : exponent + 112;
  scratchBits[0] = sign | (wideExponent << 23) | (fraction << 13);
  return scratchFloat[0] ?? 0;
}

export function encodeHalves(values: Float32Array): Uint16Array {
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) halves[i] = halfBits(values[i] ?? 0);
  return halves;
}

export function decodeHalves(halves: Uint16Array): Float32Array {
  const values = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) values[i] = halfValue(halves[i] ?? 0);
  return values;
}
