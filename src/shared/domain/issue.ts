import { z } from 'zod';

/** What can be wrong with one photo, or with several together. */
export const issueKinds = [
  'label-error',
  'leak',
  'exact-duplicate',
  'near-duplicate',
  'burst',
  'blurred',
  'too-dark',
  'too-bright',
  'low-contrast',
  'odd-aspect',
  'tiny',
  'outlier',
] as const;
export const issueKindSchema = z.enum(issueKinds);
export type IssueKind = z.infer<typeof issueKindSchema>;

/** What can be wrong with labels as a whole. */
export const findingKinds = ['few-photos', 'imbalance', 'overlap', 'shortcut'] as const;
export const findingKindSchema = z.enum(findingKinds);
export type FindingKind = z.infer<typeof findingKindSchema>;

/** One thing that is wrong with labels, with the number that says so. */
export const findingSchema = z.object({
  kind: findingKindSchema,
  /** The label or labels it concerns. */
  labelIds: z.array(z.int().nonnegative()).min(1),
  /**
   * `few-photos`: photos of the label. `imbalance`: photos of the first label for each of the second.
   * `overlap`: share of both labels' photos that a classifier takes for the other one. `shortcut`:
   * mean share of photos that `attribute` alone tells right, 0.5 by chance.
   */
  value: z.number(),
  /** What the value is at least, with 95 % confidence. */
  atLeast: z.number().optional(),
  attribute: z.enum(['exposure', 'sharpness', 'size', 'bytes', 'camera', 'background']).optional(),
  /** Photos that the value was measured on. */
  photos: z.int().nonnegative(),
});
export type Finding = z.infer<typeof findingSchema>;

/** What an issue says besides its score. */
export const issueDetailSchema = z.object({
  /** The fact that was judged, in its own unit: luma, pixels, sharpness. */
  measured: z.number().optional(),
  /** Probability of the suggested label, 0..1. */
  probability: z.number().optional(),
  /** Probability of the label it has. */
  givenProbability: z.number().optional(),
  /** Of its group the one worth keeping: the largest, then the sharpest. */
  best: z.boolean().optional(),
  /** Places where the same bytes were found. */
  places: z.int().optional(),
});
export type IssueDetail = z.infer<typeof issueDetailSchema>;

/**
 * `kept`: fine as it is, until its label changes. `ignored`: never to be mentioned again. Without a
 * decision an issue is open.
 */
export const issueDecisionSchema = z.enum(['kept', 'ignored']);
export type IssueDecision = z.infer<typeof issueDecisionSchema>;
