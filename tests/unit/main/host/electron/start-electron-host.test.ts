import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bridgeChannels } from '@shared/api/electron-bridge';
import { AppError } from '@shared/api/errors';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createElectronHost, type ElectronHost } from '../../../../fakes/electron-host';
import {
  app,
  BrowserWindow,
  dialog,
  type FakeMenuItem,
  FakeWebContents,
  FakeWebFrame,
  ipcMain,
  Menu,
  nativeTheme,
  protocol,
  resetFakeElectron,
  session,
  shell,
} from '../../../../fakes/fake-electron';

vi.mock('electron', () => import('../../../../fakes/fake-electron'));

let host: ElectronHost;
const imports: unknown[] = [];

beforeEach(async () => {
  resetFakeElectron();
  imports.length = 0;
  host = await createElectronHost({
    handlers: {
      'projects.current': () => ({}),
      'projects.open': () => {
        throw new AppError('project-damaged', 'It is damaged.', 'Restore it.');
      },
      'dataset.importPhotos': (input) => {
        imports.push(input);
        return { jobId: 'job-1' };
      },
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

describe('the window', () => {
  it('is confined: sandbox, isolation, no Node, own scheme', () => {
    expect(host.window.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(host.window.loaded).toEqual(['pocketlens://studio/index.html']);
    expect(host.window.shown).toBe(true);
    expect(nativeTheme.themeSource).toBe('system');
  });

  it('comes back as large as it was left, where there is a screen', async () => {
    host.window.close();
    await vi.waitFor(async () =>
      expect(JSON.parse(await readFile(join(host.userDataFolder, 'window.json'), 'utf8'))).toEqual({
        x: 10,
        y: 20,
        width: 1300,
        height: 900,
      }),
    );
    app.emit('activate');
    await vi.waitFor(() => expect(BrowserWindow.all).toHaveLength(2));
    expect(host.window.options).toMatchObject({ x: 10, y: 20, width: 1300, height: 900 });
  });

  it('is brought forward when the program is started again', () => {
    host.window.minimized = true;
    app.emit('second-instance');
    expect([host.window.minimized, host.window.focused]).toEqual([false, 1]);
  });

  it('is not opened by a second instance', async () => {
    resetFakeElectron();
    app.hasLock = false;
    await host.start();
    expect([BrowserWindow.all.length, app.quits]).toEqual([0, 1]);
  });
});

describe('a page', () => {
  const navigate = (event: string, url: string, isMainFrame = true) => {
    const preventDefault = vi.fn();
    host.window.webContents.emit(event, { url, isMainFrame, preventDefault });
    return preventDefault.mock.calls.length > 0;
  };

  it.each([
    'https://evil.example/',
    'file:///etc/passwd',
    'pocketlens://studio/other.html',
    'pocketlens://media/photo/1/thumbnail',
    'javascript:alert(1)',
  ])('does not lead to %s', (url) => {
    expect(navigate('will-frame-navigate', url)).toBe(true);
    expect(navigate('will-redirect', url)).toBe(true);
  });

  it('may load itself again, but nothing in a frame', () => {
    expect(navigate('will-frame-navigate', 'pocketlens://studio/index.html#train')).toBe(false);
    expect(navigate('will-frame-navigate', 'pocketlens://studio/index.html', false)).toBe(true);
  });

  it('opens no window and embeds nothing; a link to media is a download', () => {
    const { webContents } = host.window;
    expect(webContents.openHandler?.({ url: 'https://evil.example' })).toEqual({ action: 'deny' });
    expect(webContents.downloaded).toEqual([]);
    const report = 'pocketlens://media/comparison/comparison-1/report.html';
    expect(webContents.openHandler?.({ url: report })).toEqual({ action: 'deny' });
    navigate('will-frame-navigate', report);
    expect(webContents.downloaded).toEqual([report, report]);
    expect(navigate('will-attach-webview', '')).toBe(true);
  });

  it('gets the camera for its own page, and no other permission', () => {
    const asks = (permission: string, requestingUrl: string, mediaTypes?: string[]) => {
      const decide = vi.fn();
      session.defaultSession.permissionRequest?.({}, permission, decide, {
        requestingUrl,
        mediaTypes,
      });
      return decide.mock.calls[0]?.[0];
    };
    const page = 'pocketlens://studio/index.html';
    expect(asks('media', page, ['video'])).toBe(true);
    expect(asks('media', page, ['video', 'audio'])).toBe(false);
    expect(asks('media', 'https://evil.example/', ['video'])).toBe(false);
    expect(asks('media', 'pocketlens://media/photo/1/display', ['video'])).toBe(false);
    expect(asks('geolocation', page)).toBe(false);
    const checks = (permission: string, origin: string, mediaType: string) =>
      session.defaultSession.permissionCheck?.({}, permission, origin, { mediaType });
    expect(checks('media', page, 'video')).toBe(true);
    expect(checks('media', page, 'audio')).toBe(false);
    expect(checks('media', 'https://evil.example/', 'video')).toBe(false);
    expect(checks('notifications', page, 'video')).toBe(false);
    expect(session.defaultSession.devicePermission?.()).toBe(false);
  });
});

describe('the scheme', () => {
  const get = async (url: string, init?: RequestInit) => {
    const handler = protocol.handlers.get('pocketlens');
    if (!handler) throw new Error('The scheme is not served.');
    return handler(new Request(url, init));
  };

  it('is standard, secure and can stream', () => {
    expect(protocol.privileged).toEqual([
      {
        scheme: 'pocketlens',
        privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
      },
    ]);
  });

  it('serves the page under a strict policy', async () => {
    const page = await get('pocketlens://studio/index.html');
    expect(await page.text()).toContain('<title>Studio</title>');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("img-src 'self' data: blob: pocketlens://media/;");
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it.each([
    ['pocketlens://studio/outside.txt', 404],
    ['pocketlens://studio/%2e%2e/outside.txt', 404],
    ['pocketlens://studio/..%2foutside.txt', 404],
    ['pocketlens://other/index.html', 404],
    ['pocketlens://media/photo/2/thumbnail', 404],
    ['pocketlens://media/photo/..%2f..%2fproject.sqlite', 400],
  ])('%s is refused', async (url, status) => {
    const response = await get(url);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ message: expect.any(String) });
  });

  it('takes nothing in', async () => {
    expect((await get('pocketlens://studio/index.html', { method: 'POST' })).status).toBe(400);
  });

  it('serves media in part', async () => {
    const part = await get('pocketlens://media/photo/1/thumbnail', {
      headers: { range: 'bytes=2-4' },
    });
    expect([part.status, await part.text()]).toEqual([206, '234']);
  });

  it('logs a defect and tells nothing of it', async () => {
    host.studio.media = () => Promise.reject(new Error('secret'));
    const response = await get('pocketlens://media/photo/1/thumbnail');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    expect(host.log.lines[0]).toContain('secret');
  });
});

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

describe('dialogs', () => {
  it('stage what was chosen and tell the page an id only', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/photos/bananas'] });
    expect(await host.invoke(bridgeChannels.chooseSources, 'folder')).toEqual({
      value: 'source-1',
    });
    expect(host.studio.staging.staged.get('source-1')).toEqual(['/photos/bananas']);
    expect(dialog.showOpenDialog).toHaveBeenCalledWith(
      host.window,
      expect.objectContaining({ properties: ['openDirectory', 'multiSelections'] }),
    );
    const place = await host.invoke(bridgeChannels.choosePlace, 'export');
    expect(place).toEqual({ value: { placeId: 'place-2', name: 'bananas' } });
    expect(host.studio.staging.place('place-2')).toBe('/photos/bananas');
  });

  it('show what a job wrote, and no path that a page makes up', async () => {
    const job = createFakeJob({ id: 'job-7', state: 'done', result: { path: '/out/things' } });
    host.studio.handlers['jobs.list'] = () => ({ jobs: [job] });
    expect(await host.invoke(bridgeChannels.showJobResult, 'job-7')).toEqual({});
    for (const wrong of ['job-8', '/etc', undefined, { path: '/etc' }]) {
      expect(await host.invoke(bridgeChannels.showJobResult, wrong)).toMatchObject({
        error: { code: 'bad-request' },
      });
    }
    expect(shell.showItemInFolder.mock.calls).toEqual([['/out/things']]);
  });

  it('that are dismissed stage nothing', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
    const nothing = { value: undefined };
    expect(await host.invoke(bridgeChannels.chooseSources, 'files')).toEqual(nothing);
    expect(await host.invoke(bridgeChannels.choosePlace, 'open-project')).toEqual(nothing);
    expect(host.studio.staging.staged.size + host.studio.staging.places.size).toBe(0);
  });

  it.each(['anything', 'constructor', 7, undefined])('of kind %s do not open', async (kind) => {
    const refused = { error: { code: 'bad-request' } };
    expect(await host.invoke(bridgeChannels.chooseSources, kind)).toMatchObject(refused);
    expect(await host.invoke(bridgeChannels.choosePlace, kind)).toMatchObject(refused);
    expect(dialog.showOpenDialog).not.toHaveBeenCalled();
  });

  it('dropped files are staged by their paths; made-up ones are not', async () => {
    const stage = (paths: unknown) => host.invoke(bridgeChannels.stagePaths, paths);
    expect(await stage(['/photos/a.jpg', '', 'b.jpg', 7])).toEqual({ value: 'source-1' });
    expect(host.studio.staging.staged.get('source-1')).toEqual(['/photos/a.jpg']);
    expect(await stage([''])).toMatchObject({
      error: { code: 'nothing-to-import', remedy: expect.any(String) },
    });
    expect(await stage('/etc')).toMatchObject({ error: { code: 'bad-request' } });
  });
});

describe('the menu', () => {
  const item = (label: string) => {
    const find = (items: FakeMenuItem[]): FakeMenuItem | undefined =>
      items
        .flatMap((entry) => [entry, find(entry.submenu ?? [])])
        .find((entry) => entry?.label === label);
    const found = find(Menu.current ?? []);
    if (!found?.click) throw new Error(`The menu has no ${label}.`);
    return found.click;
  };

  it('imports what its dialog staged', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/photos'] });
    await item('Import Folder …')();
    expect(imports).toEqual([{ sourceIds: ['source-1'], copy: false, labels: 'folders' }]);
  });

  it('shows an error with its remedy', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/project'] });
    await item('Open Project …')();
    expect(dialog.showMessageBox).toHaveBeenCalledWith(host.window, {
      type: 'error',
      message: 'It is damaged.',
      detail: 'Restore it.',
    });
  });

  it('does nothing when its dialog is dismissed', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
    for (const label of ['New Project …', 'Open Project …', 'Import Photos …']) await item(label)();
    expect([imports, dialog.showMessageBox.mock.calls]).toEqual([[], []]);
  });
});

describe('quitting', () => {
  it('waits for the studio to end, once, and then quits', async () => {
    let end = () => {};
    const dispose = vi.fn(() => new Promise<void>((resolve) => (end = resolve)));
    host.studio.dispose = dispose;
    app.quit();
    app.quit();
    await turn();
    expect(app.quits).toBe(0);
    end();
    await turn();
    expect([app.quits, dispose.mock.calls.length]).toEqual([1, 1]);
  });

  it('is not prevented by a studio that does not end cleanly', async () => {
    host.studio.dispose = () => Promise.reject(new Error('disk'));
    app.quit();
    await turn();
    expect(app.quits).toBe(1);
    expect(host.log.lines[0]).toContain('disk');
  });

  it('follows the last window', async () => {
    host.window.close();
    await turn();
    expect(app.quits).toBe(process.platform === 'darwin' ? 0 : 1);
  });
});
