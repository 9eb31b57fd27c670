import { dotRows, type Rows } from '@main/engine/curation/rows';

/**
 * How far the `k` nearest points of a layout are true neighbors, 0..1 (Venna and Kaski, 2001): points
 * that moved in from far away cost their rank.
 */
export function trustworthiness(rows: Rows, positions: Float32Array, k: number): number {
  const { count } = rows;
  let cost = 0;
  for (let row = 0; row < count; row += 1) {
    const others = Array.from({ length: count }, (_, other) => other).filter((o) => o !== row);
    const near = (other: number) =>
      (positions[row * 2]! - positions[other * 2]!) ** 2 +
      (positions[row * 2 + 1]! - positions[other * 2 + 1]!) ** 2;
    const ranks = new Map(
      [...others]
        .sort((a, b) => dotRows(rows, row, rows, b) - dotRows(rows, row, rows, a))
        .map((other, rank) => [other, rank + 1]),
    );
    for (const other of others.sort((a, b) => near(a) - near(b)).slice(0, k)) {
      cost += Math.max(0, ranks.get(other)! - k);
    }
  }
  return 1 - (2 / (count * k * (2 * count - 3 * k - 1))) * cost;
}
