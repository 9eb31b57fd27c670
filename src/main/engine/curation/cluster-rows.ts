import { createRandom } from '../../../shared/domain/random';
import { dotRows, normalize, pickRows, rowAt, type Rows } from './rows';

export interface Clusters {
  /** Of length 1; may be fewer than were asked for. */
  centers: Rows;
  /** The center of each row. */
  assignment: Int32Array;
}

const rounds = 12;
/** Centers are learned from at most so many rows a center. */
const sampledRows = 64;

/**
 * Spherical k-means: rows of length 1 around centers of length 1, by cosine similarity (Dhillon and
 * Modha, "Concept decompositions for large sparse text data using clustering", 2001). Centers begin
 * at rows drawn by k-means++ (Arthur and Vassilvitskii, 2007). The same seed gives the same
 * clusters; larger clusters come first.
 */
export function clusterRows(
  rows: Rows,
  wanted: number,
  seed: number,
  { checkpoint }: { checkpoint?(): void } = {},
): Clusters {
  const k = Math.min(wanted, rows.count);
  if (k <= 0) {
    return {
      centers: { ...rows, count: 0, data: new Float32Array() },
      assignment: new Int32Array(),
    };
  }
  const random = createRandom(seed);
  const order = random.shuffled(Array.from({ length: rows.count }, (_, index) => index));
  const sample = pickRows(rows, order.slice(0, k * sampledRows));
  let centers = firstCenters(sample, k, random);
  for (let round = 0; round < rounds; round += 1) {
    const assignment = assign(sample, centers, checkpoint);
    const moved = centersOf(sample, assignment, centers);
    const isSettled = moved.data.every((value, index) => value === centers.data[index]);
    centers = moved;
    if (isSettled) break;
  }
  return largestFirst(centers, assign(rows, centers, checkpoint));
}

function firstCenters(sample: Rows, k: number, random: ReturnType<typeof createRandom>): Rows {
  const chosen = [random.index(sample.count)];
  const distances = new Float64Array(sample.count).fill(Number.POSITIVE_INFINITY);
  while (chosen.length < k) {
    const latest = chosen.at(-1) ?? 0;
    let total = 0;
    for (let row = 0; row < sample.count; row += 1) {
      const distance = Math.max(0, 1 - dotRows(sample, row, sample, latest));
      distances[row] = Math.min(distances[row] ?? 0, distance);
      total += distances[row] ?? 0;
    }
    // All rows that are left equal a center.
    if (total < 1e-9) break;
    let left = random.next() * total;
    let next = 0;
    while (next < sample.count - 1 && left >= (distances[next] ?? 0)) {
      left -= distances[next] ?? 0;
      next += 1;
    }
    chosen.push(next);
  }
  return pickRows(sample, chosen);
}

function assign(rows: Rows, centers: Rows, checkpoint?: () => void): Int32Array {
  return Int32Array.from({ length: rows.count }, (_, row) => {
    if (row % 1024 === 0) checkpoint?.();
    let best = 0;
    let bestSimilarity = Number.NEGATIVE_INFINITY;
    for (let center = 0; center < centers.count; center += 1) {
      const similarity = dotRows(rows, row, centers, center);
      if (similarity > bestSimilarity) [best, bestSimilarity] = [center, similarity];
    }
    return best;
  });
}

/** A center that lost all its rows stays where it was. */
function centersOf(rows: Rows, assignment: Int32Array, before: Rows): Rows {
  const moved: Rows = { ...before, data: new Float32Array(before.data.length) };
  assignment.forEach((center, row) => {
    const sum = rowAt(moved, center);
    const vector = rowAt(rows, row);
    for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0);
  });
  for (let center = 0; center < moved.count; center += 1) {
    const sum = rowAt(moved, center);
    if (sum.every((value) => value === 0)) sum.set(rowAt(before, center));
    else normalize(sum);
  }
  return moved;
}

function largestFirst(centers: Rows, assignment: Int32Array): Clusters {
  const sizes = new Int32Array(centers.count);
  for (const center of assignment) sizes[center] = (sizes[center] ?? 0) + 1;
  const order = [...sizes.keys()]
    .filter((center) => (sizes[center] ?? 0) > 0)
    .sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
  const places = new Map(order.map((center, place) => [center, place]));
  return {
    centers: pickRows(centers, order),
    assignment: assignment.map((center) => places.get(center) ?? 0),
  };
}
