import { z } from 'zod';
import { jobIdSchema, jobSchema } from '../domain/job';
import { method } from './define';

const nothing = z.object({});

export const jobsApi = {
  /** Running and queued ones, and the newest 50 finished ones; newest first. */
  'jobs.list': method(nothing, z.object({ jobs: z.array(jobSchema) })),
  'jobs.cancel': method(z.object({ jobId: jobIdSchema }), nothing),
  /** Starts an interrupted, failed or cancelled job again with what it was given. */
  'jobs.resume': method(z.object({ jobId: jobIdSchema }), z.object({ jobId: jobIdSchema })),
  /** Takes a finished job off the list. */
  'jobs.dismiss': method(z.object({ jobId: jobIdSchema }), nothing),
};

export const jobsEvents = {
  'jobs.changed': z.object({ job: jobSchema }),
  'jobs.dismissed': z.object({ jobId: jobIdSchema }),
};
