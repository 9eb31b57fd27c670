import { largestWeight, nearestWeight } from '../quantize-value';

export interface SearchedOutput {
  stored: Int8Array;
  /** Mean square of what rounding adds to the output: of the nearest weights, and of the found ones. */
  nearest: number;
  found: number;
}

/**
 * Share of the mean square of an input value that is added to each: calibration shows fewer rows than
 * there are pairs of values, and what pairs seem to have in common by chance must not be relied on.
 */
const caution = 0.1;

/** Most outputs settle within 5. */
const mostSweeps = 20;

/**
 * Rounds the weights of one output up or down, so that their errors cancel out on what the layer gets to
 * see: the mean square of the output's error is d' P d, for the errors d of the weights and the mean
 * products P of each two input values. From the nearest weights on each one in turn is moved to its other
 * neighbor when that lowers the sum, until none does (coordinate descent; Behdin et al., "QuantEase",
 * 2023, of the layer-wise problem of Nagel et al., "Up or down? Adaptive rounding", ICML 2020).
 * Deterministic; never worse than the nearest weights by `products`.
 * @param products `weights.length` squared, symmetric.
 * @param scale of the output's weights.
 */
export function searchOutput(
  products: Float64Array,
  weights: Float64Array,
  scale: number,
): SearchedOutput {
  const { length } = weights;
  const stored = Int8Array.from(weights, (value) => nearestWeight(value, scale));
  const errors = Float64Array.from(stored, (steps, i) => scale * steps - (weights[i] ?? 0));
  let diagonal = 0;
  for (let i = 0; i < length; i += 1) diagonal += products[i * length + i] ?? 0;
  const ridge = (caution * diagonal) / length;
  /** Half of what the sum grows by for an error that grows. */
  const slopes = slopesOf(products, errors, ridge);
  const nearest = squareOf(errors, slopes, ridge);
  const start = stored.slice();
  for (let sweep = 0; sweep < mostSweeps; sweep += 1) {
    let moved = false;
    for (let i = 0; i < length; i += 1) {
      const slope = slopes[i] ?? 0;
      const error = errors[i] ?? 0;
      const step = slope > 0 ? -1 : 1;
      const change = step * scale;
      const curve = (products[i * length + i] ?? 0) + ridge;
      // Rounding noise of the sums is no gain.
      if (change * (2 * slope + change * curve) >= -1e-12 * curve * scale * scale) continue;
      const next = (stored[i] ?? 0) + step;
      const isNeighbor = Math.abs(error + change) <= scale && Math.abs(next) <= largestWeight;
      if (!isNeighbor) continue;
      stored[i] = next;
      errors[i] = error + change;
      const row = products.subarray(i * length, (i + 1) * length);
      for (let j = 0; j < length; j += 1) {
        slopes[j] = (slopes[j] as number) + change * (row[j] as number);
      }
      slopes[i] = (slopes[i] ?? 0) + change * ridge;
      moved = true;
    }
    if (!moved) break;
  }
  const found = squareOf(errors, slopes, ridge);
  return found < nearest ? { stored, nearest, found } : { stored: start, nearest, found: nearest };
}

function slopesOf(products: Float64Array, errors: Float64Array, ridge: number): Float64Array {
  const { length } = errors;
  return errors.map((error, i) => {
    let sum = ridge * error;
    const row = products.subarray(i * length, (i + 1) * length);
    for (let j = 0; j < length; j += 1) sum += (row[j] as number) * (errors[j] as number);
    return sum;
  });
}

/** d' P d, without what caution added. */
const squareOf = (errors: Float64Array, slopes: Float64Array, ridge: number): number =>
  Math.max(
    0,
    errors.reduce((sum, error, i) => sum + error * ((slopes[i] ?? 0) - ridge * error), 0),
  );
