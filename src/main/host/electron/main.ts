import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import { version } from '../../../../package.json';
import { createApp } from '../../app/create-app';
import { createFileLogger, joinLoggers } from '../../platform/file-logger';
import { createStderrLogger } from '../stderr-logger';
import { studioFolders } from '../studio-folders';
import { startElectronHost } from './start-electron-host';

/** Seen from `out/main/electron.js`. */
const built = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folders = studioFolders();
const log = joinLoggers(
  createFileLogger(join(folders.userDataFolder, 'studio.log')),
  createStderrLogger(process.stderr, process.env['POCKETLENS_LOG'] !== undefined),
);

startElectronHost({
  environment: {
    kind: 'electron',
    appVersion: version,
    ...folders,
    resourcesFolder: built('../../resources'),
    workerFile: built('./worker.js'),
    log,
  },
  createApp,
  rendererFolder: built('../renderer'),
  preloadFile: built('../preload/preload.cjs'),
}).catch((error: unknown) => {
  log.error('Pocketlens Studio could not start', error);
  app.exit(1);
});
