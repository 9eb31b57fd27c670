import { z } from 'zod';

export const jobIdSchema = z.string().regex(/^job-\d+$/);
export type JobId = z.infer<typeof jobIdSchema>;

export const jobKinds = [
  'import',
  'relink',
  'features',
  'analyze',
  'map',
  'leak',
  'climb',
  'try-calibrations',
  'learning-curve',
  'search-head',
  'compare-backbones',
  'import-model',
  'open-base',
  'train',
  'quantize',
  'compare',
  'disturb',
  'check-preprocessing',
  'export',
  'export-dataset',
  'push',
  'read-feedback',
  'pull-photos',
  'measure-on-phone',
] as const;
export const jobKindSchema = z.enum(jobKinds);
export type JobKind = z.infer<typeof jobKindSchema>;

/**
 * `interrupted`: the program ended while it ran; what was confirmed is kept and the job can be
 * started again from where its results stand.
 */
export const jobStateSchema = z.enum([
  'queued',
  'running',
  'done',
  'failed',
  'cancelled',
  'interrupted',
]);
export type JobState = z.infer<typeof jobStateSchema>;

/** An error as it crosses the wire and is shown: a sentence and what to do about it. */
export const errorShapeSchema = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
});
export type ErrorShape = z.infer<typeof errorShapeSchema>;

export const jobSchema = z.object({
  id: jobIdSchema,
  kind: jobKindSchema,
  state: jobStateSchema,
  /** What is being done, for people: "Importing 280 photos". */
  title: z.string(),
  /** What happens right now: "Computing features". */
  step: z.string().optional(),
  /** Units of work done; `total` absent while unknown. */
  done: z.number().nonnegative(),
  total: z.number().nonnegative().optional(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
  /** Estimated milliseconds left, from the rate so far. */
  remainingMs: z.number().nonnegative().optional(),
  error: errorShapeSchema.optional(),
  /** Sentences worth keeping, oldest first (at most 200). */
  log: z.array(z.string()),
  /** Ids of what the job made: { modelId }, { comparisonId }, { importId }, { exportId }, { archiveId }, { deploymentId }, { backbone }. */
  result: z.record(z.string(), z.string()).optional(),
  /** The job can be started again with `jobs.resume`. */
  resumable: z.boolean(),
});
export type Job = z.infer<typeof jobSchema>;

export function isFinished(job: Pick<Job, 'state'>): boolean {
  return job.state !== 'queued' && job.state !== 'running';
}
