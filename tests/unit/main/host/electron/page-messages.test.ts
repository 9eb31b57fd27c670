import { bridgeChannels } from '@shared/api/electron-bridge';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createElectronHost, type ElectronHost } from '../../../../fakes/electron-host';
import {
  dialog,
  FakeWebContents,
  FakeWebFrame,
  ipcMain,
  resetFakeElectron,
} from '../../../../fakes/fake-electron';

vi.mock('electron', () => import('../../../../fakes/fake-electron'));

let host: ElectronHost;

beforeEach(async () => {
  resetFakeElectron();
  host = await createElectronHost({
    handlers: {
      'projects.current': () => ({}),
    },
    media: {
      'photo/1/thumbnail': {
        kind: 'bytes',
        contentType: 'image/jpeg',
        bytes: Buffer.from('0123456789'),
      },
    },
  });
  await host.start();
});
afterEach(() => host.remove());

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const call = JSON.stringify({ type: 'call', id: 1, method: 'projects.current', input: {} });

describe('a message', () => {
  const foreign: [string, () => object][] = [
    ['another window', () => ({ sender: new FakeWebContents() })],
    ['a frame in the page', () => ({ senderFrame: new FakeWebFrame('pocketlens://studio/x') })],
    ['a frame that is gone', () => ({ senderFrame: null })],
  ];
  const answers = () => host.window.webContents.sent;

  it('of the page is answered once it listens', async () => {
    ipcMain.emit(bridgeChannels.toMain, host.event(), call);
    await turn();
    expect(answers()).toEqual([]);
    ipcMain.emit(bridgeChannels.connect, host.event());
    ipcMain.emit(bridgeChannels.toMain, host.event(), call);
    await turn();
    expect(answers()).toEqual([
      { channel: bridgeChannels.toWindow, args: ['{"type":"result","id":1,"value":{}}'] },
    ]);
  });

  it.each(foreign)('of %s is not', async (_, changes) => {
    ipcMain.emit(bridgeChannels.connect, host.event());
    ipcMain.emit(bridgeChannels.toMain, host.event(changes()), call);
    ipcMain.emit(bridgeChannels.connect, host.event(changes()));
    await turn();
    expect(answers()).toEqual([]);
    for (const channel of [
      bridgeChannels.chooseSources,
      bridgeChannels.choosePlace,
      bridgeChannels.stagePaths,
      bridgeChannels.showJobResult,
    ]) {
      await expect(ipcMain.invoke(channel, host.event(changes()), 'folder')).resolves.toMatchObject(
        {
          error: { code: 'forbidden' },
        },
      );
    }
    expect(dialog.showOpenDialog).not.toHaveBeenCalled();
  });

  it.each(['https://evil.example/', 'pocketlens://media/x', 'pocketlens://studio.evil/', 'x'])(
    'of our window while it shows %s is not answered',
    async (url) => {
      ipcMain.emit(bridgeChannels.connect, host.event());
      host.window.webContents.mainFrame.url = url;
      ipcMain.emit(bridgeChannels.toMain, host.event(), call);
      await turn();
      expect(answers()).toEqual([]);
    },
  );

  it('that is no text is passed over', async () => {
    ipcMain.emit(bridgeChannels.connect, host.event());
    ipcMain.emit(bridgeChannels.toMain, host.event(), { type: 'call' });
    await turn();
    expect(answers()).toEqual([]);
  });

  it.each([
    ['a reload', () => ipcMain.emit(bridgeChannels.connect, host.event())],
    [
      'a navigation',
      () =>
        host.window.webContents.emit('did-start-navigation', {
          isMainFrame: true,
          isSameDocument: false,
        }),
    ],
    ['a crash of the page', () => host.window.webContents.emit('render-process-gone')],
    ['closing the window', () => host.window.close()],
  ])('in work is given up on %s', async (_, end) => {
    let signal: AbortSignal | undefined;
    host.studio.handlers['projects.current'] = (_input, context) => {
      signal = context.signal;
      return new Promise(() => {});
    };
    ipcMain.emit(bridgeChannels.connect, host.event());
    ipcMain.emit(bridgeChannels.toMain, host.event(), call);
    await turn();
    expect(signal?.aborted).toBe(false);
    end();
    expect(signal?.aborted).toBe(true);
  });
});
