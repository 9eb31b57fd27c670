import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { AppError } from '../../../shared/api/errors';
import { isStudioPage } from './studio-scheme';

type Sender = Pick<IpcMainEvent | IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

/**
 * Whether a message comes from the top frame of our window while it shows our page. Any frame of
 * any page can send on any IPC channel once it runs in this program, so nothing else is answered.
 */
export function isTrustedSender(
  window: BrowserWindow | undefined,
  event: Sender,
): window is BrowserWindow {
  const { sender, senderFrame } = event;
  return (
    window !== undefined &&
    !window.isDestroyed() &&
    sender === window.webContents &&
    // null once the frame has navigated away or is gone.
    senderFrame !== null &&
    senderFrame === window.webContents.mainFrame &&
    isStudioPage(senderFrame.url)
  );
}

/** @throws AppError 'forbidden'. */
export function requireTrustedSender(
  window: BrowserWindow | undefined,
  event: Sender,
): BrowserWindow {
  if (isTrustedSender(window, event)) return window;
  throw new AppError('forbidden', 'This request does not come from the studio’s window.');
}
