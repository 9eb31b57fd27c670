import { z } from 'zod';

export const projectInfoSchema = z.object({
  name: z.string(),
  /** For people to read; never accepted back over the wire. */
  folder: z.string(),
  createdAt: z.iso.datetime(),
  /** Photos in it were drawn by the sample generator and are no photographs. */
  generated: z.boolean(),
});
export type ProjectInfo = z.infer<typeof projectInfoSchema>;

export const recentProjectSchema = z.object({
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  openedAt: z.iso.datetime(),
  /** False when the folder is gone (moved, or on a disk that is not plugged in). */
  available: z.boolean(),
});
export type RecentProject = z.infer<typeof recentProjectSchema>;
