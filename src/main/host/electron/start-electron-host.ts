import { app, type BrowserWindow, Menu, nativeTheme, session } from 'electron';
import type { StudioApp } from '../../app/studio-app';
import type { HostEnvironment } from '../../platform/host-environment';
import { confine } from './confine';
import { disposeOnQuit } from './dispose-on-quit';
import { menuTemplate } from './menu';
import { serveDialogs } from './serve-dialogs';
import { registerStudioScheme, serveStudioScheme } from './studio-scheme';
import { openStudioWindow } from './studio-window';
import { openWindowBounds } from './window-bounds';
import { serveWindowChannels } from './window-channel';

export interface ElectronHostOptions {
  environment: HostEnvironment;
  createApp(environment: HostEnvironment): Promise<StudioApp>;
  rendererFolder: string;
  preloadFile: string;
}

/** The desktop program: one instance, one window. Returns once the window shows the studio. */
export async function startElectronHost(options: ElectronHostOptions): Promise<void> {
  if (!app.requestSingleInstanceLock()) return app.quit();
  const { environment, rendererFolder, preloadFile } = options;
  const { log } = environment;
  let window: BrowserWindow | undefined;
  const currentWindow = () => window;

  registerStudioScheme();
  nativeTheme.themeSource = 'system';
  app.on('second-instance', () => {
    if (!window) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  await app.whenReady();
  confine(app, session.defaultSession);

  const studio = await options.createApp(environment);
  disposeOnQuit(studio, log);
  await serveStudioScheme(studio, rendererFolder, log);
  serveWindowChannels(currentWindow, (channel) => studio.connect(channel));
  serveDialogs({ currentWindow, staging: studio.staging, client: studio.client(), log });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        client: studio.client(),
        staging: studio.staging,
        log,
        currentWindow,
        isMac: process.platform === 'darwin',
      }),
    ),
  );

  const bounds = openWindowBounds(environment.userDataFolder, log);
  const open = () =>
    openStudioWindow({
      preloadFile,
      bounds,
      log,
      onCreated(created) {
        window = created;
        created.once('closed', () => {
          if (window === created) window = undefined;
        });
      },
    });
  await open();

  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => {
    if (!window) open().catch((error: unknown) => log.error('The window did not open', error));
  });
}
