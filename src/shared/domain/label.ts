import { z } from 'zod';

export const labelIdSchema = z.int().positive();
export type LabelId = z.infer<typeof labelIdSchema>;

/** What a label may be called: 1 to 80 characters, no line break (labels.txt has one a line). */
export const labelNameSchema = z
  .string()
  .transform((name) => name.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .min(1, 'A label needs a name')
      .max(80, 'A label name has at most 80 characters')
      .regex(/^[^\r\n\t\0]+$/, 'A label name is a single line'),
  );

export const labelSchema = z.object({
  id: labelIdSchema,
  name: z.string(),
  /** `#rrggbb`. */
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  /** Position in lists and in a new model's outputs, from 0. */
  position: z.int().nonnegative(),
  /** The key that a person bound it to; absent: see `labelKeys`. */
  hotKey: z.string().optional(),
});
export type Label = z.infer<typeof labelSchema>;

/** A label with how many photos carry it (excluded ones not counted). */
export const labelWithCountsSchema = labelSchema.extend({
  count: z.int().nonnegative(),
  train: z.int().nonnegative(),
  validation: z.int().nonnegative(),
  test: z.int().nonnegative(),
});
export type LabelWithCounts = z.infer<typeof labelWithCountsSchema>;

/** Distinguishable on dark and light ground; a new label takes the first color not in use. */
export const labelColors = [
  '#4dabf7',
  '#ffa94d',
  '#69db7c',
  '#f783ac',
  '#b197fc',
  '#ffd43b',
  '#38d9a9',
  '#ff8787',
  '#66d9e8',
  '#c0eb75',
  '#e599f7',
  '#91a7ff',
] as const;

export function nextLabelColor(used: readonly string[]): string {
  const free = labelColors.find((color) => !used.includes(color));
  return free ?? labelColors[used.length % labelColors.length] ?? '#4dabf7';
}
