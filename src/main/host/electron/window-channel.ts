import { type BrowserWindow, ipcMain } from 'electron';
import { bridgeChannels } from '../../../shared/api/electron-bridge';
import {
  type Channel,
  type ChannelListeners,
  createChannelListeners,
} from '../../../shared/rpc/channel';
import { isTrustedSender } from './trusted-sender';

/**
 * Connects each page that a window loads: the page says when it listens, and its channel closes
 * when it says so again (a reload) or its window goes.
 */
export function serveWindowChannels(
  currentWindow: () => BrowserWindow | undefined,
  connect: (channel: Channel) => void,
): void {
  let listeners: ChannelListeners | undefined;

  ipcMain.on(bridgeChannels.connect, (event) => {
    const window = currentWindow();
    if (!isTrustedSender(window, event)) return;
    listeners?.closeOnce();
    const own = createChannelListeners();
    listeners = own;
    window.once('closed', own.closeOnce);
    // A page that crashed or went elsewhere can't say that it is gone.
    window.webContents.once('render-process-gone', own.closeOnce);
    window.webContents.once('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) own.closeOnce();
    });
    connect({
      send(text) {
        if (!own.closed && !window.isDestroyed()) {
          window.webContents.send(bridgeChannels.toWindow, text);
        }
      },
      onMessage: own.onMessage,
      onClose: own.onClose,
      close: own.closeOnce,
    });
  });

  ipcMain.on(bridgeChannels.toMain, (event, text: unknown) => {
    if (isTrustedSender(currentWindow(), event) && typeof text === 'string') {
      listeners?.receive(text);
    }
  });
}
