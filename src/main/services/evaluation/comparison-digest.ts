import { z } from 'zod';
import {
  type Comparison,
  comparisonSchema,
  modelResultSchema,
} from '../../../shared/domain/comparison';

/** What is told of a comparison where its answers are not shown; a few kilobytes. */
const comparisonDigestSchema = comparisonSchema
  .pick({ id: true, createdAt: true, split: true, generated: true, verdict: true, machine: true })
  .extend({
    note: z.string(),
    models: z.array(modelResultSchema.omit({ classes: true, confusion: true })),
  });
export type ComparisonDigest = z.infer<typeof comparisonDigestSchema>;

export const readDigest = (text: string): ComparisonDigest =>
  comparisonDigestSchema.parse(JSON.parse(text));

export function writeDigest(comparison: Comparison): string {
  const { id, createdAt, split, generated, verdict, machine, note = '', models } = comparison;
  const results = models.map(({ classes: _, confusion: __, ...result }) => result);
  const digest = { id, createdAt, split, generated, verdict, machine, note, models: results };
  return JSON.stringify(digest satisfies ComparisonDigest);
}

/** The same text for the same photos, in whatever order they were answered. */
export const photosKey = ({ answers }: Pick<Comparison, 'answers'>): string =>
  answers
    .map(({ photoId }) => photoId)
    .sort((a, b) => a - b)
    .join();
