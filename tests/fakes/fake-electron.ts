import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

/**
 * Stands in for the `electron` module: `vi.mock('electron', () => import('…/fake-electron'))`.
 * Holds what the hosts use of it, keeps what they did, and lets a test play the other side.
 * `resetFakeElectron` makes it new.
 */

type Listener = (...args: never[]) => unknown;

export class FakeWebFrame {
  constructor(public url: string) {}
}

export class FakeWebContents extends EventEmitter {
  mainFrame = new FakeWebFrame('pocketlens://studio/index.html');
  readonly sent: { channel: string; args: unknown[] }[] = [];
  readonly downloaded: string[] = [];
  openHandler?: (details: { url: string }) => { action: string };

  /** What the window's page does on a message: the contract tests connect a bridge here. */
  onSend?: (channel: string, ...args: unknown[]) => void;

  send(channel: string, ...args: unknown[]): void {
    this.sent.push({ channel, args });
    this.onSend?.(channel, ...args);
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }

  downloadURL(url: string): void {
    this.downloaded.push(url);
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  readonly webContents = new FakeWebContents();
  readonly loaded: string[] = [];
  shown = false;
  focused = 0;
  minimized = false;
  destroyed = false;

  constructor(readonly options: Record<string, unknown> & { webPreferences: object }) {
    super();
    BrowserWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    this.emit('ready-to-show');
    return Promise.resolve();
  }

  show(): void {
    this.shown = true;
  }

  focus(): void {
    this.focused += 1;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  restore(): void {
    this.minimized = false;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  getNormalBounds() {
    return { x: 10, y: 20, width: 1300, height: 900 };
  }

  /** As a person closes it. */
  close(): void {
    this.emit('close');
    this.destroyed = true;
    this.emit('closed');
    app.emit('window-all-closed');
  }
}

class FakeApp extends EventEmitter {
  hasLock = true;
  quits = 0;
  exitCode?: number;

  requestSingleInstanceLock(): boolean {
    return this.hasLock;
  }

  whenReady(): Promise<void> {
    return Promise.resolve();
  }

  /** Asks as Electron does: whoever prevents it holds the end. */
  quit(): void {
    const preventDefault = vi.fn();
    this.emit('before-quit', { preventDefault });
    if (preventDefault.mock.calls.length === 0) this.quits += 1;
  }

  exit(code: number): void {
    this.exitCode = code;
  }
}

export const app = new FakeApp();

class FakeIpcMain extends EventEmitter {
  readonly handlers = new Map<string, Listener>();

  handle(channel: string, handler: Listener): void {
    this.handlers.set(channel, handler);
  }

  /** As `ipcRenderer.invoke` of a page whose frame is `event.senderFrame`. */
  async invoke(channel: string, event: object, ...args: unknown[]): Promise<unknown> {
    const handler = this.handlers.get(channel) as ((...all: unknown[]) => unknown) | undefined;
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...args);
  }
}

export const ipcMain = new FakeIpcMain();

interface FakeScheme {
  scheme: string;
  privileges: Record<string, boolean>;
}

class FakeProtocol {
  readonly privileged: FakeScheme[] = [];
  readonly handlers = new Map<string, (request: Request) => Promise<Response>>();

  registerSchemesAsPrivileged(schemes: readonly FakeScheme[]): void {
    this.privileged.push(...schemes);
  }

  handle(scheme: string, handler: (request: Request) => Promise<Response>): void {
    this.handlers.set(scheme, handler);
  }
}

export const protocol = new FakeProtocol();

export const dialog = {
  showOpenDialog: vi.fn(),
  showMessageBox: vi.fn(),
};

export interface FakeMenuItem {
  label?: string;
  role?: string;
  accelerator?: string;
  submenu?: FakeMenuItem[];
  click?(): Promise<void>;
}

export const shell = { showItemInFolder: vi.fn<(path: string) => void>() };

export const Menu = {
  current: undefined as FakeMenuItem[] | undefined,
  buildFromTemplate: (template: FakeMenuItem[]) => template,
  setApplicationMenu(menu: FakeMenuItem[]): void {
    Menu.current = menu;
  },
};

export const nativeTheme = { themeSource: 'light', shouldUseDarkColors: true };

export const screen = {
  getDisplayMatching: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }),
};

type PermissionRequest = (
  contents: unknown,
  permission: string,
  decide: (granted: boolean) => void,
  details: { requestingUrl: string; mediaTypes: string[] | undefined },
) => void;

type PermissionCheck = (
  contents: unknown,
  permission: string,
  origin: string,
  details: { mediaType: string },
) => boolean;

export const session = {
  defaultSession: {
    permissionRequest: undefined as PermissionRequest | undefined,
    permissionCheck: undefined as PermissionCheck | undefined,
    devicePermission: undefined as (() => boolean) | undefined,
    setPermissionRequestHandler(handler: PermissionRequest): void {
      session.defaultSession.permissionRequest = handler;
    },
    setPermissionCheckHandler(handler: PermissionCheck): void {
      session.defaultSession.permissionCheck = handler;
    },
    setDevicePermissionHandler(handler: () => boolean): void {
      session.defaultSession.devicePermission = handler;
    },
  },
};

class FakeIpcRenderer extends EventEmitter {
  readonly sent: { channel: string; args: unknown[] }[] = [];
  readonly invoked: { channel: string; args: unknown[] }[] = [];
  /** What the main process answers. */
  answer: (channel: string, ...args: unknown[]) => unknown = () => undefined;
  onSend?: (channel: string, ...args: unknown[]) => void;

  send(channel: string, ...args: unknown[]): void {
    this.sent.push({ channel, args });
    this.onSend?.(channel, ...args);
  }

  async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    this.invoked.push({ channel, args });
    return this.answer(channel, ...args);
  }
}

export const ipcRenderer = new FakeIpcRenderer();

export const contextBridge = {
  exposed: new Map<string, unknown>(),
  exposeInMainWorld(name: string, value: unknown): void {
    contextBridge.exposed.set(name, value);
  },
};

export const webUtils = {
  getPathForFile: (file: File) => (file.name.startsWith('made-up') ? '' : `/photos/${file.name}`),
};

export function resetFakeElectron(): void {
  BrowserWindow.all.length = 0;
  app.removeAllListeners();
  app.hasLock = true;
  app.quits = 0;
  app.exitCode = undefined;
  ipcMain.removeAllListeners();
  ipcMain.handlers.clear();
  protocol.privileged.length = 0;
  protocol.handlers.clear();
  dialog.showOpenDialog.mockReset();
  dialog.showMessageBox.mockReset();
  shell.showItemInFolder.mockReset();
  Menu.current = undefined;
  nativeTheme.themeSource = 'light';
  ipcRenderer.removeAllListeners();
  ipcRenderer.sent.length = 0;
  ipcRenderer.invoked.length = 0;
  ipcRenderer.answer = () => undefined;
  ipcRenderer.onSend = undefined;
  contextBridge.exposed.clear();
}
