import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createElectronHost, type ElectronHost } from '../../../../fakes/electron-host';
import {
  app,
  BrowserWindow,
  nativeTheme,
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
  });
  await host.start();
});
afterEach(() => host.remove());

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

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
