import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createElectronHost, type ElectronHost } from '../../../../fakes/electron-host';
import { protocol, resetFakeElectron, session } from '../../../../fakes/fake-electron';

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
