import { createRandom } from '../../../../shared/domain/random';
import type { Rows } from '../rows';

const rounds = 60;
/** Directions are found from at most so many rows, evenly spaced. */
const sampledRows = 20_000;

/**
 * Coordinates of rows along the two directions of their largest spread (principal components, by
 * orthogonal iteration), row-major [rows, 2]. The same seed gives the same coordinates.
 */
export function principalPlane(rows: Rows, seed: number): Float32Array {
  const { count, width, data } = rows;
  const stride = Math.max(1, Math.floor(count / sampledRows));
  const { mean, covariance } = spreadOf(rows, stride);
  const random = createRandom(seed);
  const first = Float64Array.from({ length: width }, () => random.normal());
  const second = Float64Array.from({ length: width }, () => random.normal());
  for (let round = 0; round < rounds; round += 1) {
    multiply(covariance, first);
    multiply(covariance, second);
    makeOrthonormal(first, second);
  }
  const plane = new Float32Array(count * 2);
  for (let row = 0; row < count; row += 1) {
    let [x, y] = [0, 0];
    for (let i = 0; i < width; i += 1) {
      const value = (data[row * width + i] ?? 0) - (mean[i] ?? 0);
      x += value * (first[i] ?? 0);
      y += value * (second[i] ?? 0);
    }
    plane[row * 2] = x;
    plane[row * 2 + 1] = y;
  }
  return plane;
}

function spreadOf({ count, width, data }: Rows, stride: number) {
  const mean = new Float64Array(width);
  const covariance = new Float64Array(width * width);
  const sampled = Math.ceil(count / stride);
  for (let row = 0; row < count; row += stride) {
    for (let i = 0; i < width; i += 1) {
      mean[i] = (mean[i] ?? 0) + (data[row * width + i] ?? 0) / sampled;
    }
  }
  const centered = new Float64Array(width);
  for (let row = 0; row < count; row += stride) {
    for (let i = 0; i < width; i += 1) {
      centered[i] = (data[row * width + i] ?? 0) - (mean[i] ?? 0);
    }
    for (let i = 0; i < width; i += 1) {
      const value = centered[i] ?? 0;
      for (let j = i; j < width; j += 1) {
        const place = i * width + j;
        covariance[place] = (covariance[place] ?? 0) + value * (centered[j] ?? 0);
      }
    }
  }
  for (let i = 0; i < width; i += 1) {
    for (let j = 0; j < i; j += 1) covariance[i * width + j] = covariance[j * width + i] ?? 0;
  }
  return { mean, covariance };
}

function multiply(matrix: Float64Array, vector: Float64Array): void {
  const width = vector.length;
  const product = vector.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < width; j += 1) sum += (matrix[i * width + j] ?? 0) * (vector[j] ?? 0);
    return sum;
  });
  vector.set(product);
}

/** A direction without any spread becomes zero: all rows then have 0 along it. */
function makeOrthonormal(first: Float64Array, second: Float64Array): void {
  scaleToOne(first);
  const before = lengthOf(second);
  const shared = first.reduce((sum, value, i) => sum + value * (second[i] ?? 0), 0);
  first.forEach((value, i) => {
    second[i] = (second[i] ?? 0) - shared * value;
  });
  if (lengthOf(second) < 1e-12 * before) second.fill(0);
  scaleToOne(second);
}

const lengthOf = (vector: Float64Array) =>
  Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));

function scaleToOne(vector: Float64Array): void {
  const length = lengthOf(vector);
  if (length === 0) return;
  vector.forEach((value, i) => {
    vector[i] = value / length;
  });
}
