import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { JsonFile } from '../../platform/json-file';
import type { Logger } from '../../platform/logger';
import { studioPage } from './studio-scheme';
import type { WindowBounds } from './window-bounds';

export interface StudioWindowOptions {
  preloadFile: string;
  bounds: JsonFile<WindowBounds | undefined>;
  log: Logger;
  /** Before the page loads: its first message must find its window. */
  onCreated(window: BrowserWindow): void;
}

const smallest = { width: 1024, height: 700 };

/** The one window: as large as it was left, shown when there is something to see. */
export async function openStudioWindow(options: StudioWindowOptions): Promise<void> {
  const { preloadFile, bounds, log, onCreated } = options;
  const window = new BrowserWindow({
    ...onScreen(bounds.read()),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Pocketlens Studio',
    // The color behind the page while it loads; the interface's own grounds.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    show: false,
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  // Not on `closed`: by then there are no bounds to ask for.
  window.on('close', () => {
    bounds
      .write(window.getNormalBounds())
      .catch((error: unknown) => log.error('The window’s place could not be kept', error));
  });
  onCreated(window);
  await window.loadURL(studioPage);
}

/** Bounds from the last time, unless the screen they were on is gone. */
function onScreen(bounds: WindowBounds | undefined): Partial<WindowBounds> {
  if (!bounds) return { width: 1280, height: 800 };
  const { workArea } = screen.getDisplayMatching(bounds);
  const visible =
    bounds.x < workArea.x + workArea.width - 100 &&
    bounds.x + bounds.width > workArea.x + 100 &&
    bounds.y >= workArea.y &&
    bounds.y < workArea.y + workArea.height - 100;
  return visible ? bounds : { width: bounds.width, height: bounds.height };
}
