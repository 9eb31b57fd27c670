import { z } from 'zod';
import { topAnswer } from './comparison-math';
import { intervalSchema } from './comparison';
import { modelIdSchema } from './model';
import { splitSchema } from './split';
import { wilsonInterval } from './statistics';

/**
 * What apps get wrong most between the camera and the model. Values: the normalization of another
 * model. Pixels: channels, direction, crop or scaling of another one.
 */
export const preprocessingMistakes = [
  /** value / 255. */
  'zero-to-one',
  /** (value - 127.5) / 127.5. */
  'minus-one-to-one',
  /** ImageNet's mean and standard deviation of each channel, as PyTorch models take. */
  'imagenet',
  /** 0 to 255 as they are; into a quantized input, its bytes. */
  'raw',
  /** Normalized rightly, then cast to the input's type without its scale and zero point. */
  'unscaled',
  /** Blue first. */
  'bgr',
  /** The whole picture squeezed into the square instead of its middle cut out. */
  'stretched',
  /** The largest centered square instead of a smaller one. */
  'uncropped',
  /** Shrunk by taking single pixels, without smoothing. */
  'aliased',
  /** Turned by a quarter clockwise, as sensors of phones held upright deliver. */
  'turned-right',
  'turned-left',
  'upside-down',
  /** Left to right, as front cameras show. */
  'mirrored',
] as const;
export const preprocessingMistakeSchema = z.enum(preprocessingMistakes);
export type PreprocessingMistake = z.infer<typeof preprocessingMistakeSchema>;

export const mistakeEffectSchema = z.object({
  mistake: preprocessingMistakeSchema,
  correct: z.int().nonnegative(),
  /** Wilson, of correct / photos. */
  interval: intervalSchema,
  /** Share of photos with the same answer as without the mistake. */
  agreement: z.number().min(0).max(1),
  /** Mean probability of the answer given. */
  confidence: z.number().min(0).max(1),
  /** The answer given most, with its share of all photos: mistakes often end in one class. */
  favorite: z.object({ label: z.string(), share: z.number().min(0).max(1) }),
});
export type MistakeEffect = z.infer<typeof mistakeEffectSchema>;

/** What each mistake does to one model's answers, so that a person recognizes what a phone shows. */
export const preprocessingCheckSchema = z.object({
  modelId: modelIdSchema,
  at: z.iso.datetime(),
  runtime: z.string(),
  split: splitSchema.exclude(['train']),
  versionId: z.string(),
  photos: z.int().positive(),
  right: mistakeEffectSchema.omit({ mistake: true, agreement: true }),
  /** Worst first: fewest right, then least agreement. */
  effects: z.array(mistakeEffectSchema),
  /** Mistakes that give this model the very same input (within 0.01 of a normalized value). */
  harmless: z.array(preprocessingMistakeSchema),
});
export type PreprocessingCheck = z.infer<typeof preprocessingCheckSchema>;

/** Answers row-major [photos, labels]. */
interface AnsweredPhotos {
  labels: readonly string[];
  truths: readonly number[];
  right: Float32Array;
}

type Score = Omit<MistakeEffect, 'mistake' | 'agreement'>;

export function scoreRows(
  { labels, truths }: Omit<AnsweredPhotos, 'right'>,
  rows: Float32Array,
): Score {
  const answers = answersOf(rows, labels.length);
  const counts = labels.map((_, label) => answers.filter((answer) => answer === label).length);
  const favorite = topAnswer(counts);
  const correct = truths.filter((truth, row) => answers[row] === truth).length;
  const confidence = answers.reduce(
    (sum, answer, row) => sum + (rows[row * labels.length + answer] ?? 0),
    0,
  );
  return {
    correct,
    interval: wilsonInterval(correct, truths.length),
    confidence: Math.min(1, confidence / truths.length),
    favorite: { label: labels[favorite] ?? '', share: (counts[favorite] ?? 0) / truths.length },
  };
}

/** What mistakes change against the right way, worst first. */
export function scoreMistakes(
  answered: AnsweredPhotos,
  mistakes: readonly { mistake: PreprocessingMistake; probabilities: Float32Array }[],
): MistakeEffect[] {
  const { labels, truths, right } = answered;
  const rightAnswers = answersOf(right, labels.length);
  return mistakes
    .map(({ mistake, probabilities }): MistakeEffect => {
      const answers = answersOf(probabilities, labels.length);
      const same = answers.filter((answer, row) => answer === rightAnswers[row]).length;
      return { mistake, ...scoreRows(answered, probabilities), agreement: same / truths.length };
    })
    .sort((a, b) => a.correct - b.correct || a.agreement - b.agreement);
}

function answersOf(rows: Float32Array, width: number): number[] {
  return Array.from({ length: rows.length / width }, (_, row) =>
    topAnswer(rows.subarray(row * width, (row + 1) * width)),
  );
}
