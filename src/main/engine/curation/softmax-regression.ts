import { createRandom } from '../../../shared/domain/random';
import { type Rows } from './rows';

/** A linear classifier of rows of length 1. */
export interface SoftmaxRegression {
  /** Probabilities of one row of `rows`, written into `target` (one number a class). */
  answer(rows: Rows, row: number, target: Float32Array): void;
}

export interface RegressionOptions {
  classes: number;
  seed: number;
  /** Called every few steps; throws to stop. */
  checkpoint?(): void;
}

/** Rows of length 1 are stretched, or their logits would stay too close to tell classes apart. */
const stretch = 12;
const batchSize = 64;
const learningRate = 0.01;
const decay = 1e-4;
/** Passes over the rows, as many as fit between these numbers of steps. */
const passes = 40;
const steps = { fewest: 300, most: 4000 };

/**
 * Fits a softmax regression by Adam (Kingma and Ba, 2015) on small batches, classes weighed by the
 * inverse of their share. `labels` has a class for each entry of `members`, which are row numbers.
 * The same seed gives the same classifier.
 */
export function fitSoftmaxRegression(
  rows: Rows,
  members: Int32Array,
  labels: Int32Array,
  { classes, seed, checkpoint }: RegressionOptions,
): SoftmaxRegression {
  const width = rows.width + 1;
  const weights = new Float32Array(classes * width);
  const gradient = new Float32Array(weights.length);
  const adam = createAdam(weights, learningRate);
  const importance = classImportance(labels, classes);
  const random = createRandom(seed);
  const probabilities = new Float32Array(classes);
  const wanted = Math.ceil((members.length * passes) / batchSize);
  const count = Math.max(steps.fewest, Math.min(steps.most, wanted));
  for (let step = 0; step < count; step += 1) {
    if (step % 32 === 0) checkpoint?.();
    gradient.fill(0);
    for (let item = 0; item < batchSize; item += 1) {
      const at = random.index(members.length);
      const row = members[at] ?? 0;
      const label = labels[at] ?? 0;
      answerInto(rows, row, weights, probabilities);
      addGradient(rows, row, label, probabilities, importance[label] ?? 0, gradient);
    }
    for (let i = 0; i < weights.length; i += 1) {
      gradient[i] = (gradient[i] ?? 0) / batchSize + decay * (weights[i] ?? 0);
    }
    adam(gradient);
  }
  return { answer: (asked, row, target) => answerInto(asked, row, weights, target) };
}

function answerInto(rows: Rows, row: number, weights: Float32Array, target: Float32Array): void {
  const { width, data } = rows;
  const start = row * width;
  let highest = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < target.length; label += 1) {
    const from = label * (width + 1);
    let sum = 0;
    for (let i = 0; i < width; i += 1) sum += (weights[from + i] ?? 0) * (data[start + i] ?? 0);
    sum = sum * stretch + (weights[from + width] ?? 0);
    target[label] = sum;
    if (sum > highest) highest = sum;
  }
  let total = 0;
  for (let label = 0; label < target.length; label += 1) {
    const exponential = Math.exp((target[label] ?? 0) - highest);
    target[label] = exponential;
    total += exponential;
  }
  for (let label = 0; label < target.length; label += 1)
    target[label] = (target[label] ?? 0) / total;
}

/** Of the cross-entropy: probabilities minus the one that is wanted, times the row. */
function addGradient(
  rows: Rows,
  row: number,
  label: number,
  probabilities: Float32Array,
  importance: number,
  gradient: Float32Array,
): void {
  const { width, data } = rows;
  const start = row * width;
  for (let other = 0; other < probabilities.length; other += 1) {
    const error = ((probabilities[other] ?? 0) - (other === label ? 1 : 0)) * importance;
    const from = other * (width + 1);
    for (let i = 0; i < width; i += 1) {
      gradient[from + i] = (gradient[from + i] ?? 0) + error * stretch * (data[start + i] ?? 0);
    }
    gradient[from + width] = (gradient[from + width] ?? 0) + error;
  }
}

/** Mean 1 over the rows; a class without rows counts nothing. */
function classImportance(labels: Int32Array, classes: number): Float32Array {
  const counts = new Float32Array(classes);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 0 : labels.length / (present * count)));
}

function createAdam(weights: Float32Array, rate: number): (gradient: Float32Array) => void {
  const [keepMean, keepSquare, tiny] = [0.9, 0.999, 1e-8];
  const means = new Float32Array(weights.length);
  const squares = new Float32Array(weights.length);
  let [meanBias, squareBias] = [1, 1];
  return (gradient) => {
    meanBias *= keepMean;
    squareBias *= keepSquare;
    const step = (rate * Math.sqrt(1 - squareBias)) / (1 - meanBias);
    for (let i = 0; i < weights.length; i += 1) {
      const slope = gradient[i] ?? 0;
      const mean = keepMean * (means[i] ?? 0) + (1 - keepMean) * slope;
      const square = keepSquare * (squares[i] ?? 0) + (1 - keepSquare) * slope * slope;
      means[i] = mean;
      squares[i] = square;
      weights[i] = (weights[i] ?? 0) - (step * mean) / (Math.sqrt(square) + tiny);
    }
  };
}
