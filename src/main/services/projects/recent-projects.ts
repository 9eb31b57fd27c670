import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/api/errors';
import { type RecentProject, recentProjectSchema } from '../../../shared/domain/project';
import { openJsonFile } from '../../platform/json-file';
import type { Logger } from '../../platform/logger';
import { isProjectFolder } from '../../platform/project-folder';

const REMEMBERED = 20;

const fileSchema = z.array(recentProjectSchema.pick({ name: true, folder: true, openedAt: true }));

export interface RecentProjects {
  /** Newest first. */
  list(): RecentProject[];
  /** @throws AppError 'not-found'. */
  folderOf(recentId: string): string;
  /** Puts a project first. Failing to write is logged, no more: the project is open all the same. */
  remember(project: { name: string; folder: string }, openedAt: Date): Promise<void>;
  forget(recentId: string): Promise<void>;
}

/** `recent-projects.json` of the person, read anew each time: several programs share it. */
export function createRecentProjects(userDataFolder: string, log: Logger): RecentProjects {
  const file = openJsonFile(join(userDataFolder, 'recent-projects.json'), fileSchema, [], (error) =>
    log.warn(`The list of recent projects could not be read: ${String(error)}`),
  );

  async function save(projects: z.infer<typeof fileSchema>): Promise<void> {
    try {
      await file.write(projects);
    } catch (error) {
      log.warn(`The list of recent projects could not be written: ${String(error)}`);
    }
  }

  return {
    list: () =>
      file.read().map((project) => ({
        id: idOf(project.folder),
        ...project,
        available: isProjectFolder(project.folder),
      })),
    folderOf(recentId) {
      const project = file.read().find(({ folder }) => idOf(folder) === recentId);
      if (project) return project.folder;
      throw new AppError(
        'not-found',
        'This project is no longer among the recent ones.',
        'Open it by its folder.',
      );
    },
    remember({ name, folder }, openedAt) {
      const others = file.read().filter((project) => project.folder !== folder);
      const first = { name, folder, openedAt: openedAt.toISOString() };
      return save([first, ...others].slice(0, REMEMBERED));
    },
    forget: (recentId) => save(file.read().filter(({ folder }) => idOf(folder) !== recentId)),
  };
}

/** Stable, and tells nothing of the path. */
const idOf = (folder: string) => createHash('sha256').update(folder).digest('hex').slice(0, 16);
