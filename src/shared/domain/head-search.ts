import { z } from 'zod';
import { measuredShareSchema } from './learning-curve';
import { type TrainingSettings, trainingSettingsSchema } from './model';
import { createRandom } from './random';

/** What a search changes; the rest of the settings stays as it is. */
export const searchedSettings = [
  'learningRate',
  'hiddenUnits',
  'dropout',
  'labelSmoothing',
] as const;
type Searched = Pick<TrainingSettings, (typeof searchedSettings)[number]>;

const grid: { [Key in keyof Searched]: readonly number[] } = {
  learningRate: [0.001, 0.003, 0.01, 0.03],
  hiddenUnits: [0, 64, 256],
  dropout: [0, 0.2, 0.5],
  labelSmoothing: [0, 0.05, 0.1],
};

export const headTrialSchema = z.object({
  settings: trainingSettingsSchema,
  /** Of the photos of the folds that it was judged on. */
  correct: z.int().nonnegative(),
  judged: z.int().positive(),
  folds: z.int().positive(),
  /** Mean cross-entropy, nats: decides between heads that are equally often right. */
  loss: z.number(),
});
export type HeadTrial = z.infer<typeof headTrialSchema>;

/** Heads with other settings, cross-validated over the training and validation split. */
export const headSearchSchema = z.object({
  at: z.iso.datetime(),
  backbone: z.string(),
  engine: z.string(),
  photos: z.int().positive(),
  of: z.int().positive(),
  seconds: z.number().nonnegative(),
  /** Trials that were planned; fewer were made when time ran out. */
  planned: z.int().positive(),
  /** The settings searched from. */
  current: headTrialSchema,
  /** Judged on all folds, best first; then those that were given up, best first. */
  trials: z.array(headTrialSchema).min(1),
  /** Accuracy of the best minus that of the current settings, on the same photos. */
  gain: measuredShareSchema,
});
export type HeadSearch = z.infer<typeof headSearchSchema>;

/** The current settings first, then others drawn from a grid without repetition. */
export function headCandidates(
  current: TrainingSettings,
  count: number,
  seed: number,
): TrainingSettings[] {
  const all = grid.learningRate.flatMap((learningRate) =>
    grid.hiddenUnits.flatMap((hiddenUnits) =>
      grid.dropout.flatMap((dropout) =>
        grid.labelSmoothing.map((labelSmoothing) => ({
          ...current,
          learningRate,
          hiddenUnits,
          dropout,
          labelSmoothing,
        })),
      ),
    ),
  );
  const others = all.filter((settings) => !sameHead(settings, current));
  return [
    current,
    ...createRandom(seed)
      .shuffled(others)
      .slice(0, count - 1),
  ];
}

export const sameHead = (one: TrainingSettings, other: TrainingSettings): boolean =>
  searchedSettings.every((key) => one[key] === other[key]);

/** More often right first; of equal ones the one with the smaller loss. */
export function betterTrial(a: HeadTrial, b: HeadTrial): number {
  return b.correct / b.judged - a.correct / a.judged || a.loss - b.loss;
}
