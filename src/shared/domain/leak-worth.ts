import { z } from 'zod';
import { intervalSchema } from './comparison';

const meanSchema = z.object({
  /** Mean share of test photos answered right, over the repeats. */
  mean: z.number().min(0).max(1),
  /** 95 % interval of that mean. */
  interval: intervalSchema,
});

/**
 * Accuracy of the same classifier, trained and tested on splits that were dealt photo by photo
 * (`naive`) and on splits that keep copies, bursts and sources together (`honest`), over several draws
 * of each.
 */
export const leakWorthSchema = z.object({
  at: z.iso.datetime(),
  backbone: z.string(),
  /** Labeled photos that were dealt. */
  photos: z.int(),
  /** Groups of more than one of them. */
  groups: z.int(),
  repeats: z.int(),
  naive: meanSchema,
  honest: meanSchema,
  /** Naive minus honest, of the same draw: what the leak is worth, -1..1. */
  difference: z.object({ mean: z.number(), interval: intervalSchema }),
  /** Mean share of naive test photos that have a group-mate in training. */
  leaked: z.number().min(0).max(1),
});
export type LeakWorth = z.infer<typeof leakWorthSchema>;

/** Whether the draws can tell the two apart. */
export const isLeakClear = ({ difference: { interval } }: LeakWorth): boolean =>
  interval.low > 0 || interval.high < 0;
