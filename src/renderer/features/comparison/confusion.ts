export type Counts = readonly (readonly number[])[];

/** Photos that the second model put into each cell more (or, negative, fewer) than the first. */
export function confusionDifference(first: Counts, second: Counts): number[][] {
  return second.map((row, truth) =>
    row.map((count, answer) => count - (first[truth]?.[answer] ?? 0)),
  );
}

/** The share of its row that a cell holds: how strong its color is. */
export function shareOfRow(counts: Counts, truth: number, answer: number): number {
  const row = counts[truth] ?? [];
  const total = row.reduce((sum, count) => sum + count, 0);
  return total === 0 ? 0 : (row[answer] ?? 0) / total;
}
