import { z } from 'zod';
import { intervalSchema } from './comparison';
import { wilsonInterval } from './statistics';

/**
 * What happens to pictures between a good photo and a phone in somebody's hand, from the least to the
 * most, applied to the square that the model sees. Kinds and the idea of rising severity: Hendrycks &
 * Dietterich 2019, "Benchmarking Neural Network Robustness to Common Corruptions".
 */
export const disturbanceStrengths = {
  /** Brightness times this. */
  darker: [0.6, 0.35, 0.2, 0.1],
  brighter: [1.5, 2, 2.75, 4],
  /** Standard deviation of a Gaussian in pixels of a picture 224 wide. */
  blur: [1, 2, 3.5, 5],
  /** Degrees, to a side that depends on the photo. */
  turned: [10, 20, 35, 60],
  /** Quality of the JPEG that it goes through. */
  jpeg: [40, 20, 10, 5],
  /** Standard deviation of Gaussian noise on bytes 0 to 255. */
  noise: [12, 25, 45, 75],
} as const;
export const disturbances = Object.keys(disturbanceStrengths) as Disturbance[];
export type Disturbance = keyof typeof disturbanceStrengths;
const disturbanceSchema = z.enum(disturbances as [Disturbance, ...Disturbance[]]);

/** One model's answers to all photos, disturbed alike. */
const disturbedScoreSchema = z.object({
  correct: z.int().nonnegative(),
  /** Wilson, of correct / photos. */
  interval: intervalSchema,
  /** Share of photos with the same answer as the first model's; 1 for the first. */
  agreement: z.number().min(0).max(1),
});
export type DisturbedScore = z.infer<typeof disturbedScoreSchema>;

/** How the models of a comparison answer as pictures get worse; models in the comparison's order. */
export const robustnessSchema = z.object({
  at: z.iso.datetime(),
  runtime: z.string(),
  photos: z.int().positive(),
  /** Undisturbed, on the same photos. */
  plain: z.array(disturbedScoreSchema),
  effects: z.array(
    z.object({
      disturbance: disturbanceSchema,
      /** From the least strength to the most. */
      levels: z.array(z.object({ strength: z.number(), models: z.array(disturbedScoreSchema) })),
    }),
  ),
});
export type Robustness = z.infer<typeof robustnessSchema>;

/**
 * @param answers a row a model: the number of the label it gave each photo
 * @param truths the right ones, in the same order; at least one
 */
export function scoreDisturbed(
  answers: readonly (readonly number[])[],
  truths: readonly number[],
): DisturbedScore[] {
  const share = (row: readonly number[], other: readonly number[]) =>
    row.filter((answer, photo) => answer === other[photo]).length;
  return answers.map((row) => {
    const correct = share(row, truths);
    return {
      correct,
      interval: wilsonInterval(correct, truths.length),
      agreement: share(row, answers[0] ?? row) / truths.length,
    };
  });
}

export interface WidestGap {
  disturbance: Disturbance;
  strength: number;
  /** Place of the model among those of the comparison. */
  model: number;
  /** Photos that the first model has right more than this one; negative: fewer. */
  lost: number;
}

/** Where a model differs most from the first, in photos right; undefined: nowhere. */
export function widestGap({ effects }: Pick<Robustness, 'effects'>): WidestGap | undefined {
  const gaps = effects.flatMap(({ disturbance, levels }) =>
    levels.flatMap(({ strength, models }) =>
      models.map(({ correct }, model) => {
        return { disturbance, strength, model, lost: (models[0]?.correct ?? 0) - correct };
      }),
    ),
  );
  const widest = gaps.reduce<WidestGap | undefined>(
    (best, gap) => (Math.abs(gap.lost) > Math.abs(best?.lost ?? 0) ? gap : best),
    undefined,
  );
  return widest;
}
