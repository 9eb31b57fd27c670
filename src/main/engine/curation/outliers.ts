import type { Neighbors } from './nearest-neighbors';

/** Neighbors that are looked at: enough that a few copies do not hide an outlier. */
const looked = 10;
/** So many robust standard deviations further than usual is an outlier. */
const limit = 4;

export interface Outliers {
  /** How far each row is from its neighbors: 0 as near as most, 1 at three times the limit. */
  scores: Float32Array;
  /** Rows beyond the limit, furthest first. */
  rows: number[];
}

/**
 * Rows that lie far from every other: by the mean distance to their nearest neighbors (Angiulli and
 * Pizzuti, "Fast outlier detection in high dimensional spaces", PKDD 2002) against the median of all,
 * in robust standard deviations.
 */
export function findOutliers(neighbors: Neighbors): Outliers {
  const { k, indices, similarities } = neighbors;
  const count = k === 0 ? 0 : indices.length / k;
  const distances = Float64Array.from({ length: count }, (_, row) => {
    const known = Array.from({ length: Math.min(k, looked) }, (_unused, place) => row * k + place)
      .filter((at) => (indices[at] ?? -1) >= 0)
      .map((at) => 1 - (similarities[at] ?? 0));
    return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  const { median, deviation } = robustSpread(distances);
  const excess = distances.map((distance) => (deviation > 0 ? (distance - median) / deviation : 0));
  const rows = [...excess.keys()]
    .filter((row) => (excess[row] ?? 0) > limit)
    .sort((a, b) => (excess[b] ?? 0) - (excess[a] ?? 0) || a - b);
  const scores = Float32Array.from(excess, (value) =>
    Math.max(0, Math.min(1, value / (3 * limit))),
  );
  return { scores, rows };
}

/**
 * The median and the standard deviation that a normal distribution with the same median absolute
 * deviation has (Rousseeuw and Croux, 1993). Zeros for no values.
 */
export function robustSpread(values: Float64Array | readonly number[]): {
  median: number;
  deviation: number;
} {
  const median = medianOf(values);
  const deviations = Array.from(values, (value) => Math.abs(value - median));
  return { median, deviation: 1.4826 * medianOf(deviations) };
}

function medianOf(values: Float64Array | readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length / 2;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
