import type { Neighbors } from '../nearest-neighbors';

/** Undirected edges between rows, each once; weights 0..1, the strength of being neighbors. */
export interface FuzzyGraph {
  heads: Int32Array;
  tails: Int32Array;
  weights: Float32Array;
}

const bisections = 64;
const closeEnough = 1e-5;
/** Least reach of a row, as a share of the mean distance: rows of equal vectors have one, too. */
const leastReach = 1e-3;

/**
 * The weighted graph that a map is to keep (McInnes, Healy and Melville, "UMAP", 2018, algorithms 2
 * and 3). Each row measures distance (1 minus the cosine) from its nearest neighbor on, and in units
 * that make the strengths of its neighbors add up to log2(k); the two opinions about a pair are
 * joined as a probabilistic "or".
 */
export function fuzzyGraph(neighbors: Neighbors): FuzzyGraph {
  const { k, indices } = neighbors;
  const count = k === 0 ? 0 : indices.length / k;
  const strengths = neighborStrengths(neighbors, count);
  const heads = new Int32Array(indices.length);
  const tails = new Int32Array(indices.length);
  const weights = new Float32Array(indices.length);
  let edges = 0;
  for (let row = 0; row < count; row += 1) {
    for (let place = row * k; place < (row + 1) * k; place += 1) {
      const other = indices[place] ?? -1;
      if (other < 0) continue;
      const back = placeOf(indices, k, other, row);
      // A pair that chose each other is met twice and kept once.
      if (back >= 0 && other < row) continue;
      const given = strengths[place] ?? 0;
      const returned = back < 0 ? 0 : (strengths[back] ?? 0);
      heads[edges] = row;
      tails[edges] = other;
      weights[edges] = given + returned - given * returned;
      edges += 1;
    }
  }
  return {
    heads: heads.slice(0, edges),
    tails: tails.slice(0, edges),
    weights: weights.slice(0, edges),
  };
}

/** Where in the list of `row` its neighbor `other` stands; -1: nowhere. */
function placeOf(indices: Int32Array, k: number, row: number, other: number): number {
  for (let place = row * k; place < (row + 1) * k; place += 1) {
    if (indices[place] === other) return place;
  }
  return -1;
}

function neighborStrengths({ k, indices, similarities }: Neighbors, count: number): Float32Array {
  const distances = new Float32Array(indices.length);
  let sum = 0;
  let known = 0;
  for (let place = 0; place < distances.length; place += 1) {
    if ((indices[place] ?? -1) < 0) continue;
    distances[place] = Math.max(0, 1 - (similarities[place] ?? 0));
    sum += distances[place] ?? 0;
    known += 1;
  }
  const meanOfAll = known === 0 ? 0 : sum / known;
  const strengths = new Float32Array(indices.length);
  for (let row = 0; row < count; row += 1) {
    const [start, end] = [row * k, endOfRow(indices, row, k)];
    if (end === start) continue;
    const nearest = nearestDistance(distances, start, end);
    const reach = findReach(distances, start, end, nearest, meanOfAll);
    for (let place = start; place < end; place += 1) {
      const beyond = (distances[place] ?? 0) - nearest;
      strengths[place] = beyond <= 0 || reach === 0 ? 1 : Math.exp(-beyond / reach);
    }
  }
  return strengths;
}

/** Rows with fewer than `k` others end early. */
function endOfRow(indices: Int32Array, row: number, k: number): number {
  let end = row * k;
  while (end < (row + 1) * k && (indices[end] ?? -1) >= 0) end += 1;
  return end;
}

/** The first distance above zero: exact copies are as near as can be and set no scale. */
function nearestDistance(distances: Float32Array, start: number, end: number): number {
  for (let place = start; place < end; place += 1) {
    const distance = distances[place] ?? 0;
    if (distance > 0) return distance;
  }
  return 0;
}

/** The unit by which strengths add up to log2 of their number, by bisection. */
function findReach(
  distances: Float32Array,
  start: number,
  end: number,
  nearest: number,
  meanOfAll: number,
): number {
  const wanted = Math.log2(end - start);
  let [low, high, reach] = [0, Number.POSITIVE_INFINITY, 1];
  for (let round = 0; round < bisections; round += 1) {
    let sum = 0;
    for (let place = start; place < end; place += 1) {
      const beyond = (distances[place] ?? 0) - nearest;
      sum += beyond > 0 ? Math.exp(-beyond / reach) : 1;
    }
    if (Math.abs(sum - wanted) < closeEnough) break;
    if (sum > wanted) high = reach;
    else low = reach;
    reach = high === Number.POSITIVE_INFINITY ? reach * 2 : (low + high) / 2;
  }
  let mean = 0;
  for (let place = start; place < end; place += 1) mean += (distances[place] ?? 0) / (end - start);
  return Math.max(reach, leastReach * (nearest > 0 ? mean : meanOfAll));
}
