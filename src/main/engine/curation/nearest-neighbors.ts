import { clusterRows } from './cluster-rows';
import { dotRows, type Rows } from './rows';

/** The `k` nearest other rows of each row, nearest first. */
export interface Neighbors {
  k: number;
  /** Row-major [rows, k] row numbers; -1 where there are fewer than `k` others. */
  indices: Int32Array;
  /** Row-major [rows, k] cosine similarities, -1..1. */
  similarities: Float32Array;
  /** Whether cells that are far away were passed over: a neighbor may then be missed. */
  method: 'exact' | 'approximate';
}

export interface NeighborHooks {
  onProgress?(done: number): void;
  /** Called every few hundred rows; throws to stop. */
  checkpoint?(): void;
}

/** Up to so many rows all pairs are compared: half a minute on one core at 128 dimensions. */
const exactLimit = 20_000;
/** Share of the cells that is searched for each row: nine of ten true neighbors are found. */
const probedShare = 0.03;

/**
 * Nearest neighbors of every row. `rows` have length 1 (or 0). Beyond `exactLimit` rows an inverted
 * file is used: rows are dealt into cells around k-means centers, and only the cells whose centers
 * are nearest are searched (Jégou, Douze and Schmid, "Product quantization for nearest neighbor
 * search", 2011, section IV). The same rows and seed give the same neighbors.
 */
export function findNeighbors(
  rows: Rows,
  k: number,
  seed: number,
  hooks: NeighborHooks = {},
  limit = exactLimit,
): Neighbors {
  return rows.count <= limit ? compareAll(rows, k, hooks) : searchCells(rows, k, seed, hooks);
}

function compareAll(rows: Rows, k: number, hooks: NeighborHooks): Neighbors {
  const everything = Int32Array.from({ length: rows.count }, (_, index) => index);
  const best = createBest(rows.count, k);
  for (let row = 0; row < rows.count; row += 1) {
    tick(row, hooks);
    best.compare(rows, row, everything);
  }
  return { k, ...best.result(), method: 'exact' };
}

function searchCells(rows: Rows, k: number, seed: number, hooks: NeighborHooks): Neighbors {
  const cellCount = Math.round(Math.sqrt(rows.count));
  const { centers, assignment } = clusterRows(rows, cellCount, seed, hooks);
  const members = membersOf(assignment, centers.count);
  const probes = Math.max(4, Math.ceil(centers.count * probedShare));
  const nearestCells = createBest(centers.count, probes, true);
  for (let cell = 0; cell < centers.count; cell += 1) {
    nearestCells.compare(
      centers,
      cell,
      Int32Array.from({ length: centers.count }, (_, i) => i),
    );
  }
  const cells = nearestCells.result().indices;
  const best = createBest(rows.count, k);
  let done = 0;
  members.forEach((ownRows, cell) => {
    // Rows of one cell search the same cells: those nearest to its center.
    const searched = [...cells.subarray(cell * probes, (cell + 1) * probes)];
    for (const row of ownRows) {
      tick(done, hooks);
      done += 1;
      for (const other of searched) {
        const candidates = members[other];
        if (candidates) best.compare(rows, row, candidates);
      }
    }
  });
  return { k, ...best.result(), method: 'approximate' };
}

function tick(done: number, { onProgress, checkpoint }: NeighborHooks): void {
  if (done % 256 !== 0) return;
  checkpoint?.();
  onProgress?.(done);
}

function membersOf(assignment: Int32Array, cells: number): Int32Array[] {
  const lists: number[][] = Array.from({ length: cells }, () => []);
  assignment.forEach((cell, row) => lists[cell]?.push(row));
  return lists.map((list) => Int32Array.from(list));
}

/** Keeps the `k` most similar rows of each row, by insertion; `withSelf`: a row is its own, too. */
function createBest(count: number, k: number, withSelf = false) {
  const indices = new Int32Array(count * k).fill(-1);
  const similarities = new Float32Array(count * k).fill(-2);

  function insert(row: number, other: number, similarity: number): void {
    const start = row * k;
    let place = start + k - 1;
    while (place > start && (similarities[place - 1] ?? 0) < similarity) {
      similarities[place] = similarities[place - 1] ?? 0;
      indices[place] = indices[place - 1] ?? -1;
      place -= 1;
    }
    similarities[place] = similarity;
    indices[place] = other;
  }

  return {
    compare(rows: Rows, row: number, candidates: Int32Array): void {
      const last = row * k + k - 1;
      for (const other of candidates) {
        if (other === row && !withSelf) continue;
        const similarity = dotRows(rows, row, rows, other);
        if (similarity > (similarities[last] ?? 0)) insert(row, other, similarity);
      }
    },
    result: () => ({ indices, similarities }),
  };
}
