import { dotRows, pickRows, type Rows } from './rows';

/** Similarity (cosine) at which a vote counts 1/e of one that is as much nearer. */
const temperature = 0.15;

export interface Voters {
  /** Their row numbers in the rows that are voted on. */
  rows: Int32Array;
  /** Number of each voter's class, in that order. */
  classes: Int32Array;
  /** How many classes there are. */
  count: number;
}

/**
 * Has the `k` nearest voters of each row in `start..end` vote for their classes, a nearer one with
 * more weight. A voter does not vote on itself. `rows` have length 1 (or 0).
 * @returns shares of the votes, row-major [end - start, classes]; they add up to 1, or to 0 for a
 * row on which nobody could vote.
 */
export function neighborVotes(
  rows: Rows,
  voters: Voters,
  { start, end, k }: { start: number; end: number; k: number },
): Float32Array {
  const vectors = pickRows(rows, voters.rows);
  const shares = new Float32Array((end - start) * voters.count);
  const nearest = new Int32Array(k);
  const similarities = new Float64Array(k);
  for (let row = start; row < end; row += 1) {
    const found = findNearest(rows, row, vectors, voters.rows, nearest, similarities);
    const own = shares.subarray((row - start) * voters.count, (row - start + 1) * voters.count);
    let total = 0;
    for (let i = 0; i < found; i += 1) {
      // Relative to the nearest, or weights of far voters would vanish.
      const weight = Math.exp(((similarities[i] ?? 0) - (similarities[0] ?? 0)) / temperature);
      const number = voters.classes[nearest[i] ?? 0] ?? 0;
      own[number] = (own[number] ?? 0) + weight;
      total += weight;
    }
    for (let i = 0; total > 0 && i < own.length; i += 1) own[i] = (own[i] ?? 0) / total;
  }
  return shares;
}

/** Fills in the voters most similar to a row, nearest first; returns how many there are. */
function findNearest(
  rows: Rows,
  row: number,
  vectors: Rows,
  voterRows: Int32Array,
  nearest: Int32Array,
  similarities: Float64Array,
): number {
  const k = nearest.length;
  let found = 0;
  for (let voter = 0; voter < vectors.count; voter += 1) {
    if (voterRows[voter] === row) continue;
    const similarity = dotRows(rows, row, vectors, voter);
    if (found === k && similarity <= (similarities[k - 1] ?? 0)) continue;
    let place = found < k ? found++ : k - 1;
    while (place > 0 && (similarities[place - 1] ?? 0) < similarity) {
      similarities[place] = similarities[place - 1] ?? 0;
      nearest[place] = nearest[place - 1] ?? 0;
      place -= 1;
    }
    similarities[place] = similarity;
    nearest[place] = voter;
  }
  return found;
}
