import { dotRows, type Rows } from './rows';

/**
 * Rows that cover all the others: each is the one farthest from those before it (T. Gonzalez,
 * "Clustering to minimize the maximum intercluster distance", 1985: at most twice as far as the best).
 * @param rows of length 1.
 * @param first the row to begin with.
 * @returns `count` indices, or all of them.
 */
export function spreadRows(
  rows: Rows,
  count: number,
  first: number,
  checkpoint: () => void = () => undefined,
): number[] {
  if (rows.count === 0) return [];
  const nearest = new Float64Array(rows.count).fill(Number.POSITIVE_INFINITY);
  const chosen: number[] = [];
  let next = first;
  while (chosen.length < Math.min(count, rows.count)) {
    checkpoint();
    chosen.push(next);
    // Chosen rows must not come again, not even copies of them before others.
    nearest[next] = Number.NEGATIVE_INFINITY;
    let farthest = -1;
    for (let row = 0; row < rows.count; row += 1) {
      const known = nearest[row] ?? 0;
      if (known === Number.NEGATIVE_INFINITY) continue;
      const distance = Math.min(known, 1 - dotRows(rows, row, rows, next));
      nearest[row] = distance;
      if (farthest < 0 || distance > (nearest[farthest] ?? 0)) farthest = row;
    }
    next = farthest;
  }
  return chosen;
}
