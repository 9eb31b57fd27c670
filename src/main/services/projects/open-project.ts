import { AppError } from '../../../shared/api/errors';
import type { ProjectInfo } from '../../../shared/domain/project';
import type { Database } from '../../platform/database/database';
import { migrations } from '../../platform/database/migrations';
import {
  createProjectDatabase,
  openProjectDatabase,
} from '../../platform/database/open-project-database';
import {
  isProjectFolder,
  makeProjectFolder,
  makeSubfolders,
  type ProjectPaths,
  projectPaths,
  removeUnfinished,
} from '../../platform/project-folder';
import { lockProject } from '../../platform/project-lock';

export interface OpenProject {
  info: ProjectInfo;
  paths: ProjectPaths;
  database: Database;
  /** Closes the database, then lets others in. */
  close(): void;
}

export interface OpenOptions {
  /** What others are told who has the project: "Pocketlens Studio (window)". */
  program: string;
  now(): Date;
}

const settingKeys = {
  name: 'project.name',
  createdAt: 'project.createdAt',
  generated: 'project.generated',
} as const;

/**
 * Makes an empty project; it is not opened.
 * @throws AppError 'project-exists', 'not-writable', 'no-space'.
 */
export function createProject(
  folder: string,
  { name, generated }: Pick<ProjectInfo, 'name' | 'generated'>,
  now: Date,
): void {
  makeProjectFolder(folder);
  createProjectDatabase(projectPaths(folder).databaseFile, migrations, (database) => {
    const values = { name, createdAt: now.toISOString(), generated: String(generated) };
    for (const key of ['name', 'createdAt', 'generated'] as const) {
      database.run('INSERT INTO settings (key, value) VALUES (?, ?)', [
        settingKeys[key],
        values[key],
      ]);
    }
  });
}

/**
 * Opens a project for this program alone.
 * @throws AppError 'project-missing', 'project-locked', 'project-newer', 'project-damaged',
 * 'not-writable', 'no-space'.
 */
export function openProject(folder: string, { program, now }: OpenOptions): OpenProject {
  if (!isProjectFolder(folder)) {
    throw new AppError(
      'project-missing',
      `There is no project in ${folder}.`,
      'Check the folder: a project has a file project.sqlite in it.',
    );
  }
  const lock = lockProject(folder, program, now);
  try {
    const paths = projectPaths(folder);
    const database = openProjectDatabase(paths.databaseFile, migrations);
    makeSubfolders(folder);
    removeUnfinished(folder);
    return {
      info: readInfo(database, folder),
      paths,
      database,
      close() {
        database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function readInfo(database: Database, folder: string): ProjectInfo {
  const read = (key: string) =>
    database.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', [key])?.value;
  return {
    name: read(settingKeys.name) ?? 'Project',
    folder,
    createdAt: read(settingKeys.createdAt) ?? new Date(0).toISOString(),
    generated: read(settingKeys.generated) === 'true',
  };
}
