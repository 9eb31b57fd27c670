import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import { version } from '../../../../package.json';
import { createApp } from '../../app/create-app';
import { localEnvironment } from '../local-environment';
import { startElectronHost } from './start-electron-host';

/** Seen from `out/main/electron.js`. */
const built = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const environment = localEnvironment('electron', version, built);

startElectronHost({
  environment,
  createApp,
  rendererFolder: built('../renderer'),
  preloadFile: built('../preload/preload.cjs'),
}).catch((error: unknown) => {
  environment.log.error('Pocketlens Studio could not start', error);
  app.exit(1);
});
