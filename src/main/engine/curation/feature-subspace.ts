import { createRandom } from '../../../shared/domain/random';
import { dot, normalize, rowAt, type Rows } from './rows';

/**
 * The linear subspace in which most of the spread of a set of features lies. Distances between
 * projected features are close to those between the features, at a tenth of the memory.
 */
export interface FeatureSubspace {
  mean: Float32Array;
  /** Orthonormal directions, one a row. */
  directions: Rows;
}

/** Two rounds are plenty where only the subspace matters and not each direction (section 4.5). */
const rounds = 2;

/**
 * Finds the dominant subspace by randomized subspace iteration (Halko, Martinsson and Tropp,
 * "Finding structure with randomness", 2011, algorithm 4.4). The same seed gives the same
 * subspace. `sample`: at least 2 rows; a few thousand are enough. At most `count - 1` and `width`
 * dimensions come back.
 */
export function findSubspace(sample: Rows, dimensions: number, seed: number): FeatureSubspace {
  const { count, width } = sample;
  const wanted = Math.max(1, Math.min(dimensions, count - 1, width));
  const mean = meanOf(sample);
  const random = createRandom(seed);
  const data = Float32Array.from({ length: wanted * width }, () => random.normal());
  const directions: Rows = { count: wanted, width, data };
  orthonormalize(directions);
  for (let round = 0; round < rounds; round += 1) {
    multiplyByCovariance(sample, mean, directions);
    orthonormalize(directions);
  }
  return { mean, directions };
}

/** Coordinates of one feature vector in the subspace, scaled to length 1, written into `target`. */
export function projectInto(
  { mean, directions }: FeatureSubspace,
  features: Float32Array,
  target: Float32Array,
): void {
  const { count, width, data } = directions;
  for (let direction = 0; direction < count; direction += 1) {
    const start = direction * width;
    let sum = 0;
    for (let i = 0; i < width; i += 1) {
      sum += ((features[i] ?? 0) - (mean[i] ?? 0)) * (data[start + i] ?? 0);
    }
    target[direction] = sum;
  }
  normalize(target);
}

function meanOf({ count, width, data }: Rows): Float32Array {
  const sums = new Float64Array(width);
  for (let row = 0; row < count; row += 1) {
    for (let i = 0; i < width; i += 1) sums[i] = (sums[i] ?? 0) + (data[row * width + i] ?? 0);
  }
  return Float32Array.from(sums, (sum) => sum / count);
}

/** `directions` times the covariance of the sample, without ever forming it. */
function multiplyByCovariance(sample: Rows, mean: Float32Array, directions: Rows): void {
  const { width } = sample;
  const product = new Float32Array(directions.data.length);
  const centered = new Float32Array(width);
  for (let row = 0; row < sample.count; row += 1) {
    const values = rowAt(sample, row);
    for (let i = 0; i < width; i += 1) centered[i] = (values[i] ?? 0) - (mean[i] ?? 0);
    for (let direction = 0; direction < directions.count; direction += 1) {
      const weight = dot(rowAt(directions, direction), centered);
      const start = direction * width;
      for (let i = 0; i < width; i += 1) {
        product[start + i] = (product[start + i] ?? 0) + weight * (centered[i] ?? 0);
      }
    }
  }
  directions.data.set(product);
}

/** Modified Gram-Schmidt, twice over for numerical orthogonality; a dependent row becomes zero. */
function orthonormalize(directions: Rows): void {
  for (let row = 0; row < directions.count; row += 1) {
    const vector = rowAt(directions, row);
    for (let pass = 0; pass < 2; pass += 1) {
      for (let earlier = 0; earlier < row; earlier += 1) {
        const other = rowAt(directions, earlier);
        const weight = dot(vector, other);
        for (let i = 0; i < vector.length; i += 1) {
          vector[i] = (vector[i] ?? 0) - weight * (other[i] ?? 0);
        }
      }
      normalize(vector);
    }
  }
}
