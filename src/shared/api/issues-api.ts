import { z } from 'zod';
import {
  findingSchema,
  issueDecisionSchema,
  issueDetailSchema,
  issueKindSchema,
} from '../domain/issue';
import { jobIdSchema } from '../domain/job';
import { labelIdSchema } from '../domain/label';
import { photoIdSchema } from '../domain/photo';
import { method } from './define';

const nothing = z.object({});
const issueStateSchema = z.enum(['open', ...issueDecisionSchema.options]);
export type IssueState = z.infer<typeof issueStateSchema>;

export const issueItemSchema = z.object({
  photoId: photoIdSchema,
  /** Items with the same one belong together and follow one another. */
  groupId: z.int().optional(),
  /** Larger is worse, within a kind. */
  score: z.number(),
  suggestedLabelId: labelIdSchema.optional(),
  detail: issueDetailSchema,
});
export type IssueItem = z.infer<typeof issueItemSchema>;

export const issuesOverviewSchema = z.object({
  /** Absent: never analyzed. */
  analyzedAt: z.iso.datetime().optional(),
  /** Photos or labels changed since. */
  stale: z.boolean(),
  /** Photos that were analyzed. */
  photos: z.int().nonnegative(),
  /** Every kind there is, with how many photos have it; excluded photos are not counted. */
  kinds: z.array(
    z.object({
      kind: issueKindSchema,
      open: z.int().nonnegative(),
      kept: z.int().nonnegative(),
      ignored: z.int().nonnegative(),
    }),
  ),
  findings: z.array(findingSchema),
});
export type IssuesOverview = z.infer<typeof issuesOverviewSchema>;

export const issuesApi = {
  /** Looks for what is wrong with the data set. */
  'issues.analyze': method(nothing, z.object({ jobId: jobIdSchema })),
  'issues.overview': method(nothing, issuesOverviewSchema),
  'issues.list': method(
    z.object({
      kind: issueKindSchema,
      state: issueStateSchema.default('open'),
      offset: z.int().nonnegative().default(0),
      limit: z.int().min(1).max(1000).default(200),
    }),
    z.object({ total: z.int(), items: z.array(issueItemSchema) }),
  ),
  /** `open` takes a decision back. */
  'issues.decide': method(
    z.object({
      kind: issueKindSchema,
      photoIds: z.array(photoIdSchema).min(1).max(1_000_000),
      decision: issueStateSchema,
    }),
    z.object({ description: z.string() }),
  ),
};

export const issuesEvents = {
  /** An analysis came to its end, or issues were decided about. */
  'issues.changed': nothing,
};
