import { join } from 'node:path';
import {
  contract,
  type Emit,
  type Handler,
  type Handlers,
  type MethodName,
} from '../../shared/api/contract';
import { AppError } from '../../shared/api/errors';
import { createLoopback } from '../../shared/rpc/channel';
import { createClient } from '../../shared/rpc/client';
import { createServer } from '../../shared/rpc/server';
import type { HostEnvironment } from '../platform/host-environment';
import { createStaging } from '../platform/staging';
import { createBrowserPhones } from '../platform/devices/browser/browser-phones';
import { openDeviceHub } from '../platform/devices/open-device-hub';
import { createCompanionPageService } from '../services/companion-page/companion-page-service';
import { createDevicesService } from '../services/devices/devices-service';
import { createProjectService } from '../services/projects/project-service';
import { createRecentProjects } from '../services/projects/recent-projects';
import { resolveMedia } from './media';
import { type SessionHandlers, startProjectSession, type StudioSession } from './project-session';
import type { StudioApp } from './studio-app';

/** What others are told who has a project open. */
const programNames = {
  electron: 'Pocketlens Studio (window)',
  web: 'Pocketlens Studio (browser)',
  cli: 'Pocketlens Studio (command line)',
} as const satisfies Record<HostEnvironment['kind'], string>;

/** The whole program for a host: opens nothing until it is asked to. */
export async function createApp(environment: HostEnvironment): Promise<StudioApp> {
  const { kind, userDataFolder, projectsFolder, log } = environment;
  const now = () => new Date();
  const staging = createStaging({ temporaryFolder: join(userDataFolder, 'uploads') });
  const emit: Emit = (name, payload) => server.emit(name, payload);

  const browsers = createBrowserPhones({
    folder: join(userDataFolder, 'browser-phones'),
    pageFolder: environment.companionPage,
    log,
  });
  const hub = environment.devices ?? openDeviceHub(environment, browsers);
  const companionPage = createCompanionPageService({ browsers, hub, emit });
  const devices = createDevicesService({ hub, emit, log });
  const projects = createProjectService<StudioSession>({
    projectsFolder,
    program: programNames[kind],
    recent: createRecentProjects(userDataFolder, log),
    staging,
    emit,
    now,
    startSession: async (project, emitWhileOpen) =>
      startProjectSession({
        project,
        environment,
        hub,
        staging,
        emit: emitWhileOpen,
        now,
      }),
  });

  const handlers: Handlers = {
    ...sessionHandlers(() => openSession().handlers),
    ...projects.handlers,
    ...devices.handlers,
    ...companionPage.handlers,
  };
  const server = createServer({
    handlers,
    onDefect: (method, error) => log.error(`${method} failed`, error),
  });

  function openSession(): StudioSession {
    const session = projects.session();
    if (session) return session;
    throw new AppError('no-project', 'No project is open.', 'Open a project, or make a new one.');
  }

  return {
    handlers,
    connect: (channel) => server.connect(channel),
    client() {
      const [here, there] = createLoopback();
      server.connect(there);
      return createClient(here);
    },
    async media(path) {
      const session = projects.session();
      return session && resolveMedia(session, path);
    },
    staging,
    openProject: (folder) => projects.open(folder),
    createProject: (folder, name) => projects.create(folder, name),
    async dispose() {
      await projects.dispose();
      await devices.dispose();
      await browsers.dispose();
      await staging.dispose();
    },
  };
}

/** Handlers that ask, at each call, those of the project that is open then. */
function sessionHandlers(current: () => SessionHandlers): SessionHandlers {
  const forward =
    <Name extends keyof SessionHandlers>(name: Name): Handler<Name> =>
    (input, context) => {
      const handler: Handler<Name> = current()[name];
      return handler(input, context);
    };
  const names = (Object.keys(contract) as MethodName[]).filter(isSessionMethod);
  return Object.fromEntries(names.map((name) => [name, forward(name)])) as SessionHandlers;
}

const isSessionMethod = (name: MethodName): name is keyof SessionHandlers =>
  !['projects.', 'devices.', 'companionPage.'].some((prefix) => name.startsWith(prefix));
