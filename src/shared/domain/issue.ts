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

/**
 * `kept`: fine as it is, until its label changes. `ignored`: never to be mentioned again. Without a
 * decision an issue is open.
 */
export const issueDecisionSchema = z.enum(['kept', 'ignored']);
export type IssueDecision = z.infer<typeof issueDecisionSchema>;
