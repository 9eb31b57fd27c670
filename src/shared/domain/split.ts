import { z } from 'zod';

/** The three disjoint parts a labeled photo can belong to. */
export const splits = ['train', 'validation', 'test'] as const;
export const splitSchema = z.enum(splits);
export type Split = z.infer<typeof splitSchema>;

/** What photos can be kept together by, besides being copies: the same folder, day or camera. */
export const splitSources = ['none', 'folder', 'day', 'camera'] as const;
export const splitSourceSchema = z.enum(splitSources);
export type SplitSource = z.infer<typeof splitSourceSchema>;

/** Shares of labeled photos a split; each in 0..1, together 1 (to within 1e-6). */
export const splitRatioSchema = z
  .object({
    train: z.number().min(0.1).max(1),
    validation: z.number().min(0).max(0.8),
    test: z.number().min(0).max(0.8),
  })
  .refine((ratio) => Math.abs(ratio.train + ratio.validation + ratio.test - 1) < 1e-6, {
    message: 'The three shares must add up to 1',
  });
export type SplitRatio = z.infer<typeof splitRatioSchema>;

export const defaultSplitRatio: SplitRatio = { train: 0.7, validation: 0.15, test: 0.15 };

/**
 * The split for the next photo of a class that already has `counts` photos: the one furthest
 * below its share. Called once a photo it yields a stratified split in which no photo ever moves
 * when more arrive. Ties go to train, then validation.
 */
export function nextSplit(counts: Readonly<Record<Split, number>>, ratio: SplitRatio): Split {
  const total = counts.train + counts.validation + counts.test + 1;
  let best: Split = 'train';
  let bestDeficit = Number.NEGATIVE_INFINITY;
  for (const split of splits) {
    const deficit = ratio[split] * total - counts[split];
    if (ratio[split] > 0 && deficit > bestDeficit + 1e-9) {
      best = split;
      bestDeficit = deficit;
    }
  }
  return best;
}

const splitWords: Readonly<Record<string, Split>> = {
  train: 'train',
  training: 'train',
  validation: 'validation',
  validate: 'validation',
  val: 'validation',
  valid: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
};

/** The split that people and other programs call so: "val", "Valid", "testing". */
export function splitFromWord(word: string): Split | undefined {
  const folded = word.trim().toLowerCase();
  return Object.hasOwn(splitWords, folded) ? splitWords[folded] : undefined;
}

/** The split that a file's name speaks of: "instances_val2017.json"; undefined for none or two. */
export function splitFromName(name: string): Split | undefined {
  const found = new Set(name.split(/[^A-Za-z]+/).flatMap((word) => splitFromWord(word) ?? []));
  const [split] = found;
  return found.size === 1 ? split : undefined;
}
