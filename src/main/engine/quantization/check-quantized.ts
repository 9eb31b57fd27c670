import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import { topAnswer } from '../../../shared/domain/comparison-math';
import type { Classifier } from '../runtime/classifier';

/**
 * Below this share of equal answers a file is suspect. Sound int8 files agree with their parents
 * on 95 to 100 of 100 photos, distorted ones among them; a file whose weights are misread agrees
 * about as often as guessing does.
 */
export const leastAgreement = 0.75;

/**
 * ... and it is broken when, besides, more than this share of all probability moved to other
 * labels, on average over the photos. On photos that the parent itself is undecided about answers
 * flip without anything being wrong, but then little probability moves.
 */
export const mostProbabilityMoved = 0.15;

export interface QuantizationCheck {
  photos: number;
  /** Share of photos on which both give the same label. */
  agreement: number;
  /** Largest difference of one probability. */
  largestDifference: number;
}

export interface QuantizationCheckOptions {
  signal?: AbortSignal;
  /** Called after each photo with how many are done. */
  onPhoto?: (done: number) => void;
}

/**
 * Compares a quantized model with its parent on photos (RGB bytes of a model input). LiteRT runs
 * many broken files without complaint, so this is what tells that a file is sound.
 * @throws AppError 'model-broken' when the file answers with no numbers, with one label always
 * or with something else than its parent; 'not-ready' without photos; 'cancelled'.
 */
export async function checkQuantized(
  parent: Classifier,
  quantized: Classifier,
  photos: AsyncIterable<Uint8Array>,
  { signal, onPhoto }: QuantizationCheckOptions = {},
): Promise<QuantizationCheck> {
  let count = 0;
  let agreeing = 0;
  let largestDifference = 0;
  let probabilityMoved = 0;
  const parentLabels = new Set<number>();
  const quantizedLabels = new Set<number>();

  throwIfCancelled(signal);
  for await (const bytes of photos) {
    const expected = await parent(bytes);
    const answered = await quantized(bytes);
    if (!answered.every(Number.isFinite)) throw broken('answers with values that are no numbers');
    const expectedLabel = topAnswer(expected);
    const answeredLabel = topAnswer(answered);
    parentLabels.add(expectedLabel);
    quantizedLabels.add(answeredLabel);
    if (expectedLabel === answeredLabel) agreeing++;
    const differences = expected.map((value, index) => Math.abs(value - (answered[index] ?? 0)));
    largestDifference = Math.max(largestDifference, ...differences);
    // What one label gains others lose, so the sum counts everything twice.
    probabilityMoved += differences.reduce((sum, difference) => sum + difference, 0) / 2;
    count++;
    onPhoto?.(count);
    throwIfCancelled(signal);
  }

  if (count === 0) {
    throw new AppError(
      'not-ready',
      'There are no photos to check the quantized model on.',
      'Relink missing photos or label more, then quantize again.',
    );
  }
  const agreement = agreeing / count;
  if (quantizedLabels.size === 1 && parentLabels.size > 1) {
    throw broken(
      `gives one label for all ${count} photos, where the float model tells ${parentLabels.size} apart`,
    );
  }
  if (agreement < leastAgreement && probabilityMoved / count > mostProbabilityMoved) {
    throw broken(
      `agrees with the float model on only ${agreeing} of ${count} photos, and not just on close calls`,
    );
  }
  return { photos: count, agreement, largestDifference };
}

const broken = (what: string) =>
  new AppError(
    'model-broken',
    `The quantized model is broken: it ${what}.`,
    'Quantize to float16, or calibrate with more photos that show what the model will see.',
  );
