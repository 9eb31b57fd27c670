import type { Counts } from '@shared/domain/confusion';

/** The share of its row that a cell holds: how strong its color is. */
export function shareOfRow(counts: Counts, truth: number, answer: number): number {
  const row = counts[truth] ?? [];
  const total = row.reduce((sum, count) => sum + count, 0);
  return total === 0 ? 0 : (row[answer] ?? 0) / total;
}
