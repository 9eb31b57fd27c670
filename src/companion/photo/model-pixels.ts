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
 * when shrinking), as `main/engine/image/model-input.ts` does with libvips. Written after the Android
 * app's ModelInput.java; both are held to companions/vectors.
 * @returns RGB bytes in rows from the top left, width * height * 3 of them.
 */
export function modelPixels(
  { side, rgba }: SquarePixels,
  { width, height, background }: Pick<PixelRecipe, 'width' | 'height' | 'background'>,
): Uint8Array {
  const across = createTaps(side, width);
  const down = createTaps(side, height);
  const row = width * 3;
  const flat = new Float32Array(side * 3);
  const narrow = new Float32Array(side * row);
  for (let y = 0; y < side; y++) {
    flatten(rgba.subarray(y * side * 4, (y + 1) * side * 4), background, flat);
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        narrow[y * row + x * 3 + channel] = sum(across, x, flat, channel, 3);
      }
    }
  }
  const rgb = new Uint8Array(height * row);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < row; i++) {
      const value = Math.round(sum(down, y, narrow, i, row));
      rgb[y * row + i] = Math.max(0, Math.min(255, value));
    }
  }
  return rgb;
}

/** One row of RGBA bytes into red, green and blue over the background. */
function flatten(
  rgba: Uint8Array | Uint8ClampedArray,
  background: readonly number[],
  target: Float32Array,
): void {
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const alpha = (rgba[from + 3] ?? 255) / 255;
    for (let channel = 0; channel < 3; channel++) {
      const value = rgba[from + channel] ?? 0;
      target[to + channel] = alpha * value + (1 - alpha) * (background[channel] ?? 0);
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
    // Enlarging, the studio (libvips) looks half a pixel of the target further left and up.
    const center = scale < 1 ? target * scale : (target + 0.5) * scale;
    const start = Math.max(0, Math.floor(center - 2 * widened));
    const end = Math.min(from, Math.ceil(center + 2 * widened));
    const raw = Array.from({ length: end - start }, (_, i) =>
      cubic((start + i + 0.5 - center) / widened),
    );
    const total = raw.reduce((before, weight) => before + weight, 0);
    first[target] = start;
    for (const weight of raw) weights.push(weight / total);
    starts[target + 1] = weights.length;
  }
  const taps = { first, starts, weights: Float32Array.from(weights) };
  known.set(key, taps);
  return taps;
}

function sum(
  { first, starts, weights }: Taps,
  target: number,
  values: Float32Array,
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
