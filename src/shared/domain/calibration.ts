import type { Interval, PhotoAnswer } from './comparison';
import { answerOf } from './comparison-math';
import { wilsonInterval } from './statistics';

/** Photos answered with about the same probability. */
export interface CalibrationBin {
  photos: number;
  correct: number;
  /** Smallest and largest probability of an answer in the bin, 0..1. */
  confidenceRange: Interval;
  /** Mean probability of the answers. */
  confidence: number;
  /** correct / photos. */
  accuracy: number;
  /** Of the accuracy: Wilson, 95 %. */
  interval: Interval;
}

export interface Calibration {
  /** By confidence, lowest first. */
  bins: CalibrationBin[];
  /** Expected calibration error, 0..1; absent without photos. */
  error?: number;
}

/** A bin of fewer says nothing of its accuracy. */
const fewestInBin = 10;
const mostBins = 10;

/**
 * Whether model `modelIndex` is right as often as its probabilities say. Photos are sorted by the
 * probability of their answer and cut into up to 10 bins of about equal mass, 10 photos or more
 * wanted in each; equal probabilities (8-bit outputs have 256) are never cut apart, so the order of
 * the photos does not matter, and a bin next to many equals may be smaller. Over bins b of n photos:
 *
 * ECE = Σ_b |b| / n · |accuracy(b) − confidence(b)|
 *
 * With few photos it is above 0 even for a perfect model, by chance.
 *
 * @see C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, "On calibration of modern neural networks",
 * ICML 2017, who cut into equal widths; most answers of a good model then share the last bin. Equal
 * mass after K. Nguyen, B. O'Connor, "Posterior calibration and exploratory analysis for natural
 * language processing models", EMNLP 2015.
 */
export function calibrationOf(photos: readonly PhotoAnswer[], modelIndex: number): Calibration {
  const answers = photos
    .map((photo) => {
      const { answer, probability } = answerOf(photo, modelIndex);
      return { probability, isRight: answer === photo.truth };
    })
    .sort((a, b) => a.probability - b.probability);
  const n = answers.length;
  if (n === 0) return { bins: [] };
  const count = Math.max(1, Math.min(mostBins, Math.floor(n / fewestInBin)));
  const bins: CalibrationBin[] = [];
  let start = 0;
  for (let cut = 1; cut <= count; cut += 1) {
    const end = nearestCut(answers, Math.round((n * cut) / count));
    // An earlier bin may have taken what is equal up to here.
    if (end <= start) continue;
    bins.push(binOf(answers.slice(start, end)));
    start = end;
  }
  const error = bins.reduce(
    (sum, { photos: size, accuracy, confidence }) =>
      sum + (size / n) * Math.abs(accuracy - confidence),
    0,
  );
  return { bins, error };
}

interface SortedAnswer {
  probability: number;
  isRight: boolean;
}

/** Where the equals around `wanted` begin or end, whichever is nearer; there alone may be cut. */
function nearestCut(answers: readonly SortedAnswer[], wanted: number): number {
  const n = answers.length;
  const isBetweenEquals = (at: number) =>
    at > 0 && at < n && answers[at]?.probability === answers[at - 1]?.probability;
  let [before, after] = [wanted, wanted];
  while (isBetweenEquals(before)) before -= 1;
  while (isBetweenEquals(after)) after += 1;
  return before > 0 && wanted - before <= after - wanted ? before : after;
}

function binOf(answers: readonly SortedAnswer[]): CalibrationBin {
  const photos = answers.length;
  const correct = answers.filter(({ isRight }) => isRight).length;
  const low = answers[0]?.probability ?? 0;
  const high = answers[photos - 1]?.probability ?? 0;
  const sum = answers.reduce((total, { probability }) => total + probability, 0);
  return {
    photos,
    correct,
    confidenceRange: { low, high },
    confidence: sum / photos,
    accuracy: correct / photos,
    interval: wilsonInterval(correct, photos),
  };
}
