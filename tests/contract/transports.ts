import type { ElectronBridge } from '@shared/api/electron-bridge';
import { type Channel, createChannelListeners, createLoopback } from '@shared/rpc/channel';
import { WebSocket } from 'ws';
import { createElectronHost } from '../fakes/electron-host';
import { contextBridge, ipcMain, ipcRenderer, resetFakeElectron } from '../fakes/fake-electron';
import { createFakeStudio, type FakeStudio, type FakeStudioOptions } from '../fakes/fake-studio';
import { createWebVisitor } from '../fakes/web-visitor';

export interface Connection {
  studio: FakeStudio;
  /** The client's end. */
  channel: Channel;
  /** Ends the connection from the studio's side, as a window that closes or a host that stops. */
  cut(): Promise<void>;
  dispose(): Promise<void>;
}

export type Connect = (options: FakeStudioOptions) => Promise<Connection>;

/**
 * Every way to reach the studio. Whoever imports this mocks `electron` with the fake: host and
 * preload script of the Electron transport are the real ones, with Electron's pipe in between.
 */
export const transports: Record<string, Connect> = {
  'a loopback channel': async (options) => {
    const studio = createFakeStudio(options);
    const [channel, serverEnd] = createLoopback();
    studio.connect(serverEnd);
    return {
      studio,
      channel,
      cut: async () => serverEnd.close(),
      dispose: async () => channel.close(),
    };
  },

  'a WebSocket of the web host': async (options) => {
    const visitor = await createWebVisitor(options);
    const socket = new WebSocket(`ws://127.0.0.1:${visitor.host.port}/rpc`, {
      headers: { cookie: visitor.cookie, origin: visitor.origin },
    });
    await new Promise((resolve, reject) => {
      socket.on('open', resolve);
      socket.on('error', reject);
    });
    return {
      studio: visitor.app,
      channel: channelOfSocket(socket),
      cut: () => visitor.host.close(),
      async dispose() {
        socket.terminate();
        await visitor.close();
      },
    };
  },

  'IPC of the Electron host': async (options) => {
    resetFakeElectron();
    const host = await createElectronHost(options);
    await host.start();
    await import('../../src/preload/preload');
    // Electron's pipe: structured clones, in a later turn.
    ipcRenderer.onSend = (channel, ...args) =>
      setImmediate(() => ipcMain.emit(channel, host.event(), ...structuredClone(args)));
    host.window.webContents.onSend = (channel, ...args) =>
      setImmediate(() => ipcRenderer.emit(channel, {}, ...structuredClone(args)));
    return {
      studio: host.studio,
      channel: channelOfBridge(bridge()),
      cut: async () => host.window.close(),
      dispose: () => host.remove(),
    };
  },
};

function channelOfSocket(socket: WebSocket): Channel {
  const listeners = createChannelListeners();
  socket.on('message', (data) => listeners.receive((data as Buffer).toString()));
  socket.on('close', () => listeners.closeOnce());
  return {
    send: (text) => {
      if (!listeners.closed) socket.send(text);
    },
    onMessage: listeners.onMessage,
    onClose: listeners.onClose,
    close: () => socket.close(),
  };
}

/** The preload script runs once a process: what it exposed is kept over resets of the fake. */
let exposed: ElectronBridge | undefined;

function bridge(): ElectronBridge {
  exposed ??= contextBridge.exposed.get('pocketlens') as ElectronBridge;
  return exposed;
}

/** As the renderer makes it: a window's channel ends with the window. */
function channelOfBridge(bridgeOfPage: ElectronBridge): Channel {
  const listeners = createChannelListeners();
  bridgeOfPage.onMessage(listeners.receive);
  return {
    send: (text) => {
      if (!listeners.closed) bridgeOfPage.send(text);
    },
    onMessage: listeners.onMessage,
    onClose: listeners.onClose,
    close: listeners.closeOnce,
  };
}
