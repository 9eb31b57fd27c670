import type { Random } from '../../../shared/domain/random';
import type { LabeledFeatures } from './labeled-features';

/** What one step of training gets. `size` rows each. */
export interface Batch {
  size: number;
  /** [size, width]. */
  features: Float32Array;
  /**
   * [size, droppedWidth]: what the output layer's input is multiplied by, 0 for what drops out and
   * 1 / (1 - dropout) for the rest, so that expected values stay. Absent without dropout.
   */
  keep?: Float32Array;
  /** [size, classes]: label-smoothed probabilities to aim for. */
  targets: Float32Array;
  /** [size]: what each row counts. */
  weights: Float32Array;
}

export interface BatchOptions {
  width: number;
  classes: number;
  batchSize: number;
  dropout: number;
  /** Values that enter the output layer: the features, or the units of a hidden layer. */
  droppedWidth: number;
  labelSmoothing: number;
  classWeights: Float32Array;
  /** Decides the order of rows. */
  order: Random;
  /** Decides what drops out. */
  dropped: Random;
}

/**
 * One epoch over all `views` (the photos, and their mirrored copies where wanted) in a new random
 * order. Every row comes once; the last batch may be smaller.
 */
export function* epochBatches(
  views: readonly LabeledFeatures[],
  options: BatchOptions,
): Generator<Batch> {
  const rows = views.flatMap((view) =>
    Array.from(view.labels, (label, index) => ({ view, label, index })),
  );
  const shuffled = options.order.shuffled(rows);
  const { width, classes, batchSize, classWeights } = options;
  for (let start = 0; start < shuffled.length; start += batchSize) {
    const chosen = shuffled.slice(start, start + batchSize);
    const size = chosen.length;
    const features = new Float32Array(size * width);
    const weights = new Float32Array(size);
    const labels = new Int32Array(size);
    chosen.forEach(({ view, label, index }, row) => {
      features.set(view.features.subarray(index * width, (index + 1) * width), row * width);
      weights[row] = classWeights[label] ?? 0;
      labels[row] = label;
    });
    const targets = smoothedTargets(labels, classes, options.labelSmoothing);
    yield { size, features, keep: dropoutMask(size, options), targets, weights };
  }
}

/**
 * One-hot labels mixed with the uniform distribution: (1 - smoothing) * onehot + smoothing /
 * classes (Szegedy et al., "Rethinking the Inception architecture", CVPR 2016, section 7).
 */
export function smoothedTargets(
  labels: Int32Array,
  classes: number,
  smoothing: number,
): Float32Array {
  const targets = new Float32Array(labels.length * classes).fill(smoothing / classes);
  labels.forEach((label, row) => {
    targets[row * classes + label] = 1 - smoothing + smoothing / classes;
  });
  return targets;
}

/** `Batch.keep` of so many rows. */
export function dropoutMask(
  size: number,
  { dropout, droppedWidth, dropped }: Pick<BatchOptions, 'dropout' | 'droppedWidth' | 'dropped'>,
): Float32Array | undefined {
  if (dropout === 0) return undefined;
  const kept = 1 / (1 - dropout);
  const mask = new Float32Array(size * droppedWidth);
  for (let i = 0; i < mask.length; i++) mask[i] = dropped.next() < dropout ? 0 : kept;
  return mask;
}
