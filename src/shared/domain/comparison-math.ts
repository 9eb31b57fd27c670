import type { ClassMetrics, Difference, Flip, ModelResult, PhotoAnswer } from './comparison';
import {
  exactMcNemar,
  type PairedCounts,
  pairedDifferenceInterval,
  wilsonInterval,
} from './statistics';

/** What one model's answers alone say about it. */
export type Score = Pick<
  ModelResult,
  'correct' | 'total' | 'top1' | 'top1Interval' | 'classes' | 'confusion'
>;

/** Index of the largest probability; of equal ones the first, as `argmax` of every runtime. */
export function topAnswer(probabilities: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < probabilities.length; i += 1) {
    if ((probabilities[i] ?? 0) > (probabilities[best] ?? 0)) best = i;
  }
  return best;
}

/** The answer of model `modelIndex` (of the comparison) to a photo, with its probability. */
export function answerOf(
  photo: PhotoAnswer,
  modelIndex: number,
): { answer: number; probability: number } {
  const row = photo.probabilities[modelIndex] ?? [];
  const answer = topAnswer(row);
  return { answer, probability: row[answer] ?? 0 };
}

/** Scores model `modelIndex` on all photos. `labels` in order of the model's outputs. */
export function scoreAnswers(
  labels: readonly string[],
  photos: readonly PhotoAnswer[],
  modelIndex: number,
): Score {
  const confusion = labels.map(() => labels.map(() => 0));
  let correct = 0;
  for (const photo of photos) {
    const { answer } = answerOf(photo, modelIndex);
    const row = confusion[photo.truth];
    if (row) row[answer] = (row[answer] ?? 0) + 1;
    if (answer === photo.truth) correct += 1;
  }
  return {
    correct,
    total: photos.length,
    top1: photos.length === 0 ? 0 : correct / photos.length,
    top1Interval: wilsonInterval(correct, photos.length),
    classes: labels.map((label, index) => classMetrics(label, index, confusion)),
    confusion,
  };
}

/** Precision, recall and F1 of one class from `confusion[truth][answer]`. */
function classMetrics(
  label: string,
  index: number,
  confusion: readonly (readonly number[])[],
): ClassMetrics {
  const hits = confusion[index]?.[index] ?? 0;
  const support = (confusion[index] ?? []).reduce((sum, count) => sum + count, 0);
  const answered = confusion.reduce((sum, row) => sum + (row[index] ?? 0), 0);
  return {
    label,
    support,
    ...(answered > 0 ? { precision: hits / answered } : {}),
    ...(support > 0 ? { recall: hits / support } : {}),
    // 2PR / (P + R), written so that it exists whenever the class was there or was answered.
    ...(support + answered > 0 ? { f1: (2 * hits) / (support + answered) } : {}),
  };
}

/** How the photos fall between the first model (index 0) and model `secondIndex`. */
export function pairAnswers(photos: readonly PhotoAnswer[], secondIndex: number): PairedCounts {
  const counts: PairedCounts = { bothRight: 0, firstOnly: 0, secondOnly: 0, bothWrong: 0 };
  for (const photo of photos) {
    const first = answerOf(photo, 0).answer === photo.truth;
    const second = answerOf(photo, secondIndex).answer === photo.truth;
    if (first && second) counts.bothRight += 1;
    else if (first) counts.firstOnly += 1;
    else if (second) counts.secondOnly += 1;
    else counts.bothWrong += 1;
  }
  return counts;
}

/** Photos whose answer differs between the first model and `secondIndex`, costliest first. */
export function findFlips(
  photos: readonly PhotoAnswer[],
  secondIndex: number,
  fileName: (photoId: number) => string,
): Flip[] {
  const flips: Flip[] = [];
  for (const photo of photos) {
    const { photoId, truth, probabilities } = photo;
    const first = answerOf(photo, 0);
    const second = answerOf(photo, secondIndex);
    if (first.answer === second.answer) continue;
    const kind =
      first.answer === truth ? 'lost' : second.answer === truth ? 'gained' : 'both-wrong';
    const lostConfidence =
      (probabilities[0]?.[truth] ?? 0) - (probabilities[secondIndex]?.[truth] ?? 0);
    flips.push({
      photoId,
      fileName: fileName(photoId),
      truth,
      first,
      second,
      kind,
      lostConfidence,
    });
  }
  return flips.sort((a, b) => b.lostConfidence - a.lostConfidence || a.photoId - b.photoId);
}

/** Everything about model `secondIndex` held against the first, on the same photos. */
export function compareToFirst(
  models: readonly ModelResult[],
  photos: readonly PhotoAnswer[],
  secondIndex: number,
  fileName: (photoId: number) => string,
): Difference {
  const [first, second] = [models[0], models[secondIndex]];
  if (!first || !second) throw new RangeError(`There is no model ${secondIndex} to compare`);
  const counts = pairAnswers(photos, secondIndex);
  const flips = findFlips(photos, secondIndex, fileName);
  return {
    firstId: first.modelId,
    secondId: second.modelId,
    top1: second.top1 - first.top1,
    interval: pairedDifferenceInterval(counts),
    lost: counts.firstOnly,
    gained: counts.secondOnly,
    pValue: exactMcNemar(counts.firstOnly, counts.secondOnly),
    agreement: photos.length === 0 ? 1 : 1 - flips.length / photos.length,
    sizeRatio: first.bytes / second.bytes,
    speedRatio: first.latencyMs.p50 / second.latencyMs.p50,
    flips,
  };
}
