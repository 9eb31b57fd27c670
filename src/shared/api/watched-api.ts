import { z } from 'zod';
import { method } from './define';

const nothing = z.object({});

/**
 * `scanning`: looks for what came while nobody watched. `gone`: the folder is not there now; it is
 * watched again as soon as it is back.
 */
const watchStateSchema = z.enum(['scanning', 'watching', 'importing', 'paused', 'gone']);
export type WatchState = z.infer<typeof watchStateSchema>;

const watchIdSchema = z.string().regex(/^watch-\d+$/);
export type WatchId = z.infer<typeof watchIdSchema>;

export const watchedFolderSchema = z.object({
  id: watchIdSchema,
  /** Its path, for people to read; never accepted back. */
  folder: z.string(),
  state: watchStateSchema,
  /** What keeps it from working as it should, as a sentence. */
  problem: z.string().optional(),
  /** Watched again when the project is opened again. */
  lasting: z.boolean(),
  /** The newest import from it, and how many photos that added. */
  lastImport: z
    .object({ importId: z.string(), at: z.iso.datetime(), added: z.int().nonnegative() })
    .optional(),
});
export type WatchedFolder = z.infer<typeof watchedFolderSchema>;

export const watchedApi = {
  'watched.list': method(nothing, z.object({ folders: z.array(watchedFolderSchema) })),
  /** Watches the folder that the host staged. One that is watched already goes on. */
  'watched.add': method(
    z.object({ placeId: z.string(), lasting: z.boolean().default(true) }),
    z.object({ id: watchIdSchema }),
  ),
  'watched.setPaused': method(z.object({ id: watchIdSchema, paused: z.boolean() }), nothing),
  /** Its photos stay in the project. */
  'watched.remove': method(z.object({ id: watchIdSchema }), nothing),
};

export const watchedEvents = {
  'watched.changed': nothing,
};
