export type Counts = readonly (readonly number[])[];

/** Photos that the second model put into each cell more (or, negative, fewer) than the first. */
export function confusionDifference(first: Counts, second: Counts): number[][] {
  return second.map((row, truth) =>
    row.map((count, answer) => count - (first[truth]?.[answer] ?? 0)),
  );
}
