import type { PixelRecipe } from '../../shared/domain/preprocessing';

/** The middle of a photo that a model is shown: RGBA bytes in rows from the top left, not premultiplied. */
export interface SquarePixels {
  /** Width and height. */
  side: number;
  /** Length side * side * 4. */
  rgba: Uint8Array | Uint8ClampedArray;
}

/** Where the centered square of an upright picture lies that the contract cuts out. */
export function centeredSquare(
  { width, height }: { width: number; height: number },
  cropFraction: number,
): { left: number; top: number; side: number } {
  const side = Math.max(1, Math.round(cropFraction * Math.min(width, height)));
  return { left: Math.floor((width - side) / 2), top: Math.floor((height - side) / 2), side };
}

/**
 * Flattens a square on the recipe's background and scales it to the model's size (Catmull-Rom, widened
 * when shrinking), byte for byte as `main/engine/image/model-input.ts` does with libvips. Photos whose short side
 * is above 512 pixels the studio shrinks to that first; there the two may differ within companions/vectors' tolerance.
 * @returns RGB bytes in rows from the top left, width * height * 3 of them.
 */
export function modelPixels(
  { side, rgba }: SquarePixels,
  { width, height, background }: Pick<PixelRecipe, 'width' | 'height' | 'background'>,
): Uint8Array {
  const from = side * 3;
  const flat = new Uint8ClampedArray(side * from);
  for (let y = 0; y < side; y++) {
    const row = rgba.subarray(y * side * 4, (y + 1) * side * 4);
    flatten(row, background, flat.subarray(y * from, (y + 1) * from));
  }
  const across = createTaps(side, width);
  const down = createTaps(side, height);
  // libvips shrinks the height first and enlarges the width first, with whole numbers in between. In another order
  // every seventh value is another one, and an int8 model may be some steps off.
  const rgb = new Uint8ClampedArray(height * width * 3);
  if (side > height) {
    const low = new Uint8ClampedArray(height * from);
    scaleHeight(flat, from, down, low);
    scaleWidth(low, height, across, rgb);
  } else {
    // Beyond 0 and 255, too: what the height takes back must not be lost.
    const wide = new Int16Array(side * width * 3);
    scaleWidth(flat, side, across, wide);
    scaleHeight(wide, width * 3, down, rgb);
  }
  return new Uint8Array(rgb.buffer);
}

type Values = Int16Array | Uint8ClampedArray;

/** @param row numbers in each row. */
function scaleHeight(values: Values, row: number, taps: Taps, target: Values): void {
  const rows = target.length / row;
  for (let y = 0; y < rows; y++) {
    for (let i = 0; i < row; i++) target[y * row + i] = Math.round(sum(taps, y, values, i, row));
  }
}

function scaleWidth(values: Values, rows: number, taps: Taps, target: Values): void {
  const [from, to] = [values.length / rows, target.length / rows];
  for (let y = 0; y < rows; y++) {
    for (let i = 0; i < to; i++) {
      const channel = i % 3;
      const value = sum(taps, (i - channel) / 3, values, y * from + channel, 3);
      target[y * to + i] = Math.round(value);
    }
  }
}

/** One row of RGBA bytes into red, green and blue over the background. */
function flatten(
  rgba: Uint8Array | Uint8ClampedArray,
  background: readonly number[],
  target: Uint8ClampedArray,
): void {
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const alpha = rgba[from + 3] ?? 255;
    for (let channel = 0; channel < 3; channel++) {
      const value = rgba[from + channel] ?? 0;
      // Whole numbers, as in libvips.
      target[to + channel] = Math.trunc(
        (alpha * value + (255 - alpha) * (background[channel] ?? 0)) / 255,
      );
    }
  }
}

/** The weights with which a row of `from` values becomes one of another length. */
interface Taps {
  /** Of each target: the first value it is made of, and where its weights begin and end. */
  first: Int32Array;
  starts: Int32Array;
  weights: Float32Array;
}

/** Made once a size: a camera's pictures all have the same. */
const known = new Map<string, Taps>();
const knownLimit = 8;

/** libvips has weights for so many places between two pixels, in whole numbers of so many to 1. */
const phases = 64;
const one = 4096;

function createTaps(from: number, to: number): Taps {
  const key = `${from}:${to}`;
  const found = known.get(key);
  if (found) return found;
  if (known.size >= knownLimit) known.clear();
  const scale = from / to;
  const widened = Math.max(1, scale);
  const first = new Int32Array(to);
  const starts = new Int32Array(to + 1);
  const weights: number[] = [];
  for (let target = 0; target < to; target++) {
    // Enlarging, libvips looks half a pixel of the target further left and up.
    const exact = scale < 1 ? target * scale : (target + 0.5) * scale;
    const center = Math.round((exact - 0.5) * phases) / phases + 0.5;
    const start = Math.floor(center - 2 * widened);
    const end = Math.ceil(center + 2 * widened);
    const raw = Array.from({ length: end - start }, (_, i) =>
      cubic((start + i + 0.5 - center) / widened),
    );
    const total = raw.reduce((before, weight) => before + weight, 0);
    const begin = Math.min(from - 1, Math.max(0, start));
    const own = new Array<number>(Math.min(from, end) - begin).fill(0);
    // Beyond its edges a picture goes on as it ends.
    raw.forEach((weight, i) => {
      const at = Math.min(from - 1, Math.max(0, start + i)) - begin;
      own[at] = (own[at] ?? 0) + Math.trunc((weight / total) * one) / one;
    });
    first[target] = begin;
    weights.push(...own);
    starts[target + 1] = weights.length;
  }
  const taps = { first, starts, weights: Float32Array.from(weights) };
  known.set(key, taps);
  return taps;
}

function sum(
  { first, starts, weights }: Taps,
  target: number,
  values: Values,
  offset: number,
  stride: number,
): number {
  let at = offset + (first[target] ?? 0) * stride;
  const end = starts[target + 1] ?? 0;
  let total = 0;
  for (let tap = starts[target] ?? 0; tap < end; tap++) {
    total += (weights[tap] ?? 0) * (values[at] ?? 0);
    at += stride;
  }
  return total;
}

/** Of Keys (1981): Catmull-Rom. */
const sharpness = -0.5;

function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return ((sharpness + 2) * x - (sharpness + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * sharpness;
  return 0;
}
