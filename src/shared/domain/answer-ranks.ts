import type { Interval, PhotoAnswer } from './comparison';
import { wilsonInterval } from './statistics';

/** How often the truth is among the `k` likeliest answers. */
export interface TopK {
  k: number;
  correct: number;
  total: number;
  /** correct / total; 0 without photos. */
  share: number;
  /** Wilson, 95 %. */
  interval: Interval;
}

const largestK = 3;

/**
 * Top-k accuracy of model `modelIndex` for k = 1 to 3. With as many guesses as classes every model
 * is right, so k stays below `classCount` (but is at least 1).
 */
export function topKAccuracies(
  classCount: number,
  photos: readonly PhotoAnswer[],
  modelIndex: number,
): TopK[] {
  const ranks = photos.map(({ truth, probabilities }) =>
    rankOf(truth, probabilities[modelIndex] ?? []),
  );
  const count = Math.max(1, Math.min(largestK, classCount - 1));
  return Array.from({ length: count }, (_, index): TopK => {
    const k = index + 1;
    const correct = ranks.filter((rank) => rank < k).length;
    const total = photos.length;
    const share = total === 0 ? 0 : correct / total;
    return { k, correct, total, share, interval: wilsonInterval(correct, total) };
  });
}

/** Place of `truth`, 0 for the likeliest. Of equals the first leads, as in `topAnswer`. */
function rankOf(truth: number, probabilities: readonly number[]): number {
  const own = probabilities[truth] ?? 0;
  return probabilities.filter((other, index) => other > own || (other === own && index < truth))
    .length;
}
