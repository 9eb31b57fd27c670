import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startElectronHost } from '@main/host/electron/start-electron-host';
import { BrowserWindow, ipcMain } from './fake-electron';
import { createFakeLogger, type FakeLogger } from './fake-logger';
import { createFakeStudio, type FakeStudio, type FakeStudioOptions } from './fake-studio';

export interface ElectronHost {
  studio: FakeStudio;
  log: FakeLogger;
  window: BrowserWindow;
  userDataFolder: string;
  /** An IPC event of the window's own page, or of whatever `changes` make of it. */
  event(changes?: object): object;
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** The desktop host over a fake studio. The test file mocks `electron` itself. */
export async function createElectronHost(options: FakeStudioOptions = {}): Promise<ElectronHost> {
  const folder = await mkdtemp(join(tmpdir(), 'electron-host-'));
  const rendererFolder = join(folder, 'renderer');
  const userDataFolder = join(folder, 'settings');
  await mkdir(rendererFolder);
  await writeFile(join(rendererFolder, 'index.html'), '<!doctype html><title>Studio</title>');
  await writeFile(join(folder, 'outside.txt'), 'outside');
  const studio = createFakeStudio(options);
  const log = createFakeLogger();

  const start = () =>
    startElectronHost({
      environment: {
        kind: 'electron',
        appVersion: '1.2.3',
        resourcesFolder: 'resources',
        userDataFolder,
        projectsFolder: 'projects',
        workerFile: 'worker.js',
        iphoneProcessFile: 'iphone-process.js',
        log,
      },
      createApp: () => Promise.resolve(studio),
      rendererFolder,
      preloadFile: '/preload.cjs',
    });

  const host: ElectronHost = {
    studio,
    log,
    get window() {
      const window = BrowserWindow.all.at(-1);
      if (!window) throw new Error('No window was opened.');
      return window;
    },
    userDataFolder,
    event: (changes = {}) => ({
      sender: host.window.webContents,
      senderFrame: host.window.webContents.mainFrame,
      ...changes,
    }),
    invoke: (channel, ...args) => ipcMain.invoke(channel, host.event(), ...args),
    start,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
  return host;
}
