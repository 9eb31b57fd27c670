import { z } from 'zod';
import { projectInfoSchema, recentProjectSchema } from '../domain/project';
import { method } from './define';

const nothing = z.object({});
const current = z.object({ project: projectInfoSchema.optional() });

export const projectsApi = {
  'projects.current': method(nothing, current),
  'projects.recent': method(nothing, z.object({ projects: z.array(recentProjectSchema) })),
  /**
   * Makes a project and opens it. In the folder that the host staged under `placeId` (its own
   * folder dialog), else in a new folder called `name` in the host's place for projects.
   */
  'projects.create': method(
    z.object({ name: z.string().trim().min(1).max(80), placeId: z.string().optional() }),
    current,
  ),
  /** Opens a recent project or the folder that the host staged under `placeId`. */
  'projects.open': method(
    z.union([z.object({ recentId: z.string() }), z.object({ placeId: z.string() })]),
    current,
  ),
  'projects.forget': method(z.object({ recentId: z.string() }), nothing),
  'projects.close': method(nothing, nothing),
  /**
   * Makes the sample project (drawn photos) in the host's place for projects, opens it and starts
   * the import; an existing sample project is opened.
   */
  'projects.createSample': method(nothing, current),
};

export const projectsEvents = {
  'projects.changed': current,
};
