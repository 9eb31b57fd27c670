/** A row whose label is probably wrong. */
export interface LabelError {
  row: number;
  suggested: number;
  /** Probability of the suggested label and of the given one, 0..1. */
  probability: number;
  givenProbability: number;
}

export interface LabelNoise {
  errors: LabelError[];
  /**
   * Row-major [given, suggested] counts of rows by the label they have and the one that confident
   * learning takes for the true one.
   */
  joint: Int32Array;
  /** Mean probability of each label among the rows that carry it. */
  thresholds: Float32Array;
}

/** The suggestion has to be so much more probable than the label: a coin's toss is no error. */
const smallestLead = 0.15;
/** Below it the label is doubted even when no other one is certain. */
const doubtful = 0.05;

/**
 * Finds wrong labels by confident learning (Northcutt, Jiang and Chuang, "Confident learning:
 * estimating uncertainty in dataset labels", JAIR 2021): a row counts as label j when j's probability
 * reaches the mean that rows labeled j have, and as an error when that j is not its own label. Where all
 * rows of a label are easy that mean is near 1, and no stray row reaches it: a row whose own label is
 * next to impossible is an error, too, and the most probable label is suggested.
 * `answers`: row-major [rows, classes], of a classifier that had not seen the row. `labels`: -1 for
 * none. Errors come worst first.
 */
export function findLabelErrors(
  answers: Float32Array,
  labels: Int32Array,
  classes: number,
): LabelNoise {
  const thresholds = meanSelfConfidence(answers, labels, classes);
  const joint = new Int32Array(classes * classes);
  const errors: LabelError[] = [];
  labels.forEach((given, row) => {
    if (given < 0) return;
    const start = row * classes;
    const confident = mostConfident(answers, start, thresholds);
    if (confident !== undefined) {
      joint[given * classes + confident] = (joint[given * classes + confident] ?? 0) + 1;
    }
    const givenProbability = answers[start + given] ?? 0;
    const suggested =
      confident ?? (givenProbability < doubtful ? mostProbable(answers, start, classes) : given);
    const probability = answers[start + suggested] ?? 0;
    if (suggested === given || probability - givenProbability < smallestLead) return;
    errors.push({ row, suggested, probability, givenProbability });
  });
  errors.sort(
    (a, b) =>
      a.givenProbability - a.probability - (b.givenProbability - b.probability) || a.row - b.row,
  );
  return { errors, joint, thresholds };
}

function meanSelfConfidence(answers: Float32Array, labels: Int32Array, classes: number) {
  const sums = new Float64Array(classes);
  const counts = new Int32Array(classes);
  labels.forEach((label, row) => {
    if (label < 0) return;
    sums[label] = (sums[label] ?? 0) + (answers[row * classes + label] ?? 0);
    counts[label] = (counts[label] ?? 0) + 1;
  });
  return Float32Array.from(sums, (sum, label) => (counts[label] ? sum / (counts[label] ?? 1) : 1));
}

/** The most probable of the labels that reach their threshold. */
function mostConfident(answers: Float32Array, start: number, thresholds: Float32Array) {
  let best: number | undefined;
  thresholds.forEach((threshold, label) => {
    const probability = answers[start + label] ?? 0;
    if (probability < threshold) return;
    if (best === undefined || probability > (answers[start + best] ?? 0)) best = label;
  });
  return best;
}

function mostProbable(answers: Float32Array, start: number, classes: number): number {
  let best = 0;
  for (let label = 1; label < classes; label += 1) {
    if ((answers[start + label] ?? 0) > (answers[start + best] ?? 0)) best = label;
  }
  return best;
}
