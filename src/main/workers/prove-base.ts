import { AppError } from '../../shared/api/errors';
import type { Graph } from '../engine/graph/graph';
import { largestDifferenceAllowed } from '../engine/graph/simplify-opened';
import type { RawAnswers } from './raw-answers';

interface CutFile {
  /** With the features. */
  file: Uint8Array;
  /** What was cut off behind them. */
  rest: Graph | undefined;
  /** The answers of the file that was opened, and the size that differences are a share of. */
  expected: readonly Float32Array[];
  scale: number;
}

/**
 * Puts what was cut off behind the features again and holds it against the file that was opened.
 * @returns the largest difference of an answer, as a share of `scale`.
 * @throws AppError 'model-broken' when it is too large, 'model-unsupported' for features that are the
 * same for all pictures.
 */
export async function proveBase(
  { file, rest, expected, scale }: CutFile,
  raw: Pick<RawAnswers, 'of' | 'ofRows'>,
): Promise<number> {
  const features = await raw.of(file);
  requireSight(features);
  const answers = rest ? await raw.ofRows(rest, features) : features;
  let largest = 0;
  expected.forEach((answer, picture) => {
    answer.forEach((value, at) => {
      // Keeps what is no number, unlike a comparison.
      largest = Math.max(largest, Math.abs(value - (answers[picture]?.[at] ?? Number.NaN)) / scale);
    });
  });
  if (largest <= largestDifferenceAllowed) return largest;
  throw new AppError(
    'model-broken',
    `From its features the file’s answers do not follow: they differ by up to ${largest.toPrecision(2)}.`,
    'This is a defect of Pocketlens Studio; export the model without optimizations.',
  );
}

function requireSight(features: readonly Float32Array[]): void {
  const [first, ...others] = features;
  const isBlind = first && others.length > 0 && others.every((other) => isEqual(first, other));
  if (!isBlind) return;
  throw new AppError(
    'model-unsupported',
    'This file can’t be a base for training: its features are the same for every picture.',
    'Check mean and standard deviation; otherwise the file is broken.',
  );
}

const isEqual = (one: Float32Array, other: Float32Array): boolean =>
  one.every((value, at) => value === other[at]);
