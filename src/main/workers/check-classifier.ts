import { AppError } from '../../shared/api/errors';
import type { TrainingRecord } from '../../shared/domain/model';
import type { Preprocessing } from '../../shared/domain/preprocessing';
import { createClassifier } from '../engine/runtime/classifier';
import type { Runtime } from '../engine/runtime/runtime';
import type { CacheStore } from '../platform/cache-store';
import { readModelInputs } from './model-inputs';
import type { PhotoSource } from './tasks';

export interface ClassifierCheck {
  runtime: Runtime;
  file: Uint8Array;
  preprocessing: Preprocessing;
  photos: readonly PhotoSource[];
  /** The trainer's answers: row-major [photos, labels]. */
  expected: Float32Array;
  cache: CacheStore;
  signal: AbortSignal;
  onProgress(done: number): void;
}

/** What a probability may differ by; float rounding alone was seen to make up 1e-6. */
export const largestAllowedDifference = 1e-4;

/**
 * Runs a written classifier on photos, from their pixels on, and holds its answers against the
 * trainer's.
 * @throws AppError 'model-broken' when they differ, 'photo-unreadable'.
 */
export async function checkClassifier(check: ClassifierCheck): Promise<TrainingRecord['check']> {
  const { runtime, file, preprocessing, photos, expected, cache, signal } = check;
  const classes = preprocessing.labels.length;
  const model = await runtime.load(file);
  let largestDifference = 0;
  try {
    const classify = createClassifier(model, preprocessing);
    for await (const read of readModelInputs(photos, preprocessing, cache, signal)) {
      if ('failure' in read) throw new AppError('photo-unreadable', read.failure.reason);
      const answers = await classify(read.pixels);
      for (const [label, answer] of answers.entries()) {
        const difference = answer - (expected[read.index * classes + label] ?? Number.NaN);
        // Keeps what is no number, unlike a comparison.
        largestDifference = Math.max(largestDifference, Math.abs(difference));
      }
      check.onProgress(read.index + 1);
    }
  } finally {
    model.dispose();
  }
  if (!(largestDifference <= largestAllowedDifference)) throw differs(largestDifference);
  return { photos: photos.length, largestDifference };
}

function differs(difference: number): AppError {
  return new AppError(
    'model-broken',
    `The written model does not answer as the trained one: a probability differs by ${difference.toPrecision(2)}.`,
    'The file was removed. Train again; if it happens again, please report it with the log file.',
  );
}

/** At most `count` of `items`, evenly spread over them and in their order. */
export function spreadOver<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => Math.floor((index * items.length) / count))
    .map((position) => items[position])
    .filter((item) => item !== undefined);
}
