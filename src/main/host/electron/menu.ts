import { type BrowserWindow, dialog, type MenuItemConstructorOptions } from 'electron';
import type { StudioClient } from '../../../shared/api/contract';
import { toShape } from '../../../shared/api/errors';
import type { Logger } from '../../platform/logger';
import type { Staging } from '../../platform/staging';
import { choosePlace, chooseSources } from './dialogs';

export interface MenuOptions {
  client: StudioClient;
  staging: Staging;
  log: Logger;
  currentWindow(): BrowserWindow | undefined;
  /** macOS keeps the program's own items in a menu with its name. */
  isMac: boolean;
}

/**
 * The menu bar. What the interface can do is found in the interface; here is what a person looks
 * for in a menu: projects, import, the usual roles. Answers come back as events.
 */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { client, staging, isMac } = options;

  const act = (label: string, accelerator: string, work: (window: BrowserWindow) => unknown) => ({
    label,
    accelerator,
    click: () => run(options, work),
  });

  const file: MenuItemConstructorOptions[] = [
    act('New Project …', 'CmdOrCtrl+N', async (window) => {
      const place = await choosePlace(window, staging, 'create-project');
      if (!place) return;
      await client.call('projects.create', { name: place.name, placeId: place.placeId });
    }),
    act('Open Project …', 'CmdOrCtrl+O', async (window) => {
      const place = await choosePlace(window, staging, 'open-project');
      if (place) await client.call('projects.open', { placeId: place.placeId });
    }),
    { type: 'separator' },
    act('Import Folder …', 'CmdOrCtrl+I', (window) => importFrom(window, 'folder')),
    act('Import Photos …', 'CmdOrCtrl+Shift+I', (window) => importFrom(window, 'files')),
    { type: 'separator' },
    act('Close Project', 'CmdOrCtrl+Shift+W', () => client.call('projects.close', {})),
    { type: 'separator' },
    { role: isMac ? 'close' : 'quit' },
  ];

  async function importFrom(window: BrowserWindow, kind: 'files' | 'folder'): Promise<void> {
    const sourceId = await chooseSources(window, staging, kind);
    if (sourceId !== undefined) {
      await client.call('dataset.importPhotos', { sourceIds: [sourceId] });
    }
  }

  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    { label: 'File', submenu: file },
    { role: 'editMenu' },
    { role: 'viewMenu' },
    { role: 'windowMenu' },
    { role: 'help', submenu: isMac ? [] : [{ role: 'about' }] },
  ];
}

/** A menu has no place of its own for an error: it is shown in a dialog. */
async function run(
  { currentWindow, log }: MenuOptions,
  work: (window: BrowserWindow) => unknown,
): Promise<void> {
  const window = currentWindow();
  if (!window) return;
  try {
    await work(window);
  } catch (error) {
    const { code, message, remedy } = toShape(error);
    if (code === 'internal') log.error('A menu action failed', error);
    await dialog.showMessageBox(window, { type: 'error', message, detail: remedy });
  }
}
