import { topAnswer } from '../../src/shared/domain/comparison-math';

export interface AnswerDifference {
  /** Of one probability, over all pictures and labels; NaN where one is not a number. */
  largestDifference: number;
  /** Pictures whose most probable label is the same. */
  sameTop1: number;
  of: number;
}

/**
 * How far two runtimes' probabilities for the same pictures are apart, a row a picture.
 * @throws RangeError when they do not answer the same pictures or labels.
 */
export function compareAnswers(
  own: readonly ArrayLike<number>[],
  other: readonly ArrayLike<number>[],
): AnswerDifference {
  if (own.length !== other.length) {
    throw new RangeError(`${own.length} pictures here, ${other.length} there`);
  }
  let largestDifference = 0;
  let sameTop1 = 0;
  for (const [index, row] of own.entries()) {
    const there = other[index] ?? [];
    if (row.length !== there.length) {
      throw new RangeError(`${row.length} probabilities here, ${there.length} there`);
    }
    for (let label = 0; label < row.length; label += 1) {
      const difference = Math.abs((row[label] ?? Number.NaN) - (there[label] ?? Number.NaN));
      largestDifference = Math.max(largestDifference, difference);
    }
    if (topAnswer(row) === topAnswer(there)) sameTop1 += 1;
  }
  return { largestDifference, sameTop1, of: own.length };
}
