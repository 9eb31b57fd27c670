import { join, resolve } from 'node:path';
import type { Emit, HandlersOf } from '../../../shared/api/contract';
import type { projectsApi } from '../../../shared/api/projects-api';
import type { ProjectInfo } from '../../../shared/domain/project';
import { isProjectFolder, newFolderFor } from '../../platform/project-folder';
import type { Staging } from '../../platform/staging';
import { createProject, type OpenProject, openProject } from './open-project';
import type { RecentProjects } from './recent-projects';

/** What lives inside an open project and ends with it. */
export interface ProjectSession {
  /** Starts drawing and importing the sample pictures, unless there are photos already. */
  fillWithSample(): void | Promise<void>;
  /** Ends all work; nothing touches the project's files after it resolves. */
  dispose(): Promise<void>;
}

export interface ProjectServiceParts<Session extends ProjectSession> {
  projectsFolder: string;
  /** What others are told who has a project open. */
  program: string;
  recent: RecentProjects;
  staging: Pick<Staging, 'place'>;
  /** `emit` reaches nobody any more once the project is no longer the current one. */
  startSession(project: OpenProject, emit: Emit): Promise<Session>;
  emit: Emit;
  now(): Date;
}

export interface ProjectService<Session extends ProjectSession> {
  handlers: HandlersOf<typeof projectsApi>;
  /** Of the open project. */
  session(): Session | undefined;
  open(folder: string): Promise<void>;
  create(folder: string, name: string): Promise<void>;
  dispose(): Promise<void>;
}

const SAMPLE_NAME = 'Sample project';

/** Holds the one open project. Opening and closing take turns, however many clients ask. */
export function createProjectService<Session extends ProjectSession>({
  projectsFolder,
  program,
  recent,
  staging,
  startSession,
  emit,
  now,
}: ProjectServiceParts<Session>): ProjectService<Session> {
  let current: { project: OpenProject; session: Session; retire(): void } | undefined;
  let lastTurn: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = lastTurn.then(work);
    lastTurn = turn.catch(() => undefined);
    return turn;
  }

  const answer = (): { project?: ProjectInfo } =>
    current ? { project: current.project.info } : {};

  /** The project that was open stays so until the next one has opened without an error. */
  async function open(folder: string): Promise<void> {
    if (current?.project.info.folder !== folder) {
      const project = openProject(folder, { program, now });
      let heard = true;
      const emitWhileHeard: Emit = (name, payload) => {
        if (heard) emit(name, payload);
      };
      const previous = current;
      try {
        const session = await startSession(project, emitWhileHeard);
        current = { project, session, retire: () => (heard = false) };
      } catch (error) {
        project.close();
        throw error;
      }
      emit('projects.changed', answer());
      if (previous) await end(previous);
    }
    await recent.remember(current.project.info, now());
  }

  async function close(): Promise<void> {
    const previous = current;
    if (!previous) return;
    current = undefined;
    emit('projects.changed', answer());
    await end(previous);
  }

  async function end({ project, session, retire }: NonNullable<typeof current>): Promise<void> {
    retire();
    try {
      await session.dispose();
    } finally {
      project.close();
    }
  }

  async function create(folder: string, name: string, generated = false): Promise<void> {
    createProject(folder, { name, generated }, now());
    await open(folder);
  }

  return {
    session: () => current?.session,
    open: (folder) => inTurn(() => open(resolve(folder))),
    create: (folder, name) => inTurn(() => create(resolve(folder), name)),
    dispose: () => inTurn(close),
    handlers: {
      'projects.current': answer,
      'projects.recent': () => ({ projects: recent.list() }),
      'projects.create': ({ name, placeId }) =>
        inTurn(async () => {
          const folder =
            placeId === undefined ? newFolderFor(projectsFolder, name) : staging.place(placeId);
          await create(resolve(folder), name);
          return answer();
        }),
      'projects.open': (which) =>
        inTurn(async () => {
          const folder =
            'recentId' in which ? recent.folderOf(which.recentId) : staging.place(which.placeId);
          await open(resolve(folder));
          return answer();
        }),
      'projects.forget': async ({ recentId }) => {
        await inTurn(() => recent.forget(recentId));
        return {};
      },
      'projects.close': async () => {
        await inTurn(close);
        return {};
      },
      'projects.createSample': () =>
        inTurn(async () => {
          const folder = resolve(join(projectsFolder, SAMPLE_NAME));
          if (isProjectFolder(folder)) await open(folder);
          else await create(resolve(newFolderFor(projectsFolder, SAMPLE_NAME)), SAMPLE_NAME, true);
          if (current?.project.info.generated) await current.session.fillWithSample();
          return answer();
        }),
    },
  };
}
