import type { PhotoAnswer } from './comparison';
import { answerOf } from './comparison-math';

export interface Coverage {
  /** Photos answered with at least the threshold's probability. */
  answered: number;
  /** Of those, the right ones. */
  correct: number;
}

/** What an app would get that shows only answers of at least `threshold` (0..1). */
export function coverageAt(
  answers: readonly PhotoAnswer[],
  modelIndex: number,
  threshold: number,
): Coverage {
  let answered = 0;
  let correct = 0;
  for (const photo of answers) {
    const { answer, probability } = answerOf(photo, modelIndex);
    if (probability < threshold) continue;
    answered += 1;
    if (answer === photo.truth) correct += 1;
  }
  return { answered, correct };
}
