import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebVisitor, type WebVisitor } from '../fakes/web-visitor';

let visitor: WebVisitor;
const thumbnail = Buffer.from('jpeg bytes');

beforeAll(async () => {
  visitor = await createWebVisitor({
    handlers: { 'projects.current': () => ({}) },
    media: {
      'photo/1/thumbnail': {
        kind: 'bytes',
        contentType: 'image/jpeg',
        bytes: thumbnail,
        immutable: true,
      },
    },
    maximumUploadBytes: 1000,
  });
});
afterAll(() => visitor.close());

const targets = [
  ['GET', '/index.html'],
  ['GET', '/assets/index-abc123.js'],
  ['GET', '/media/photo/1/thumbnail'],
  ['GET', '/session'],
  ['POST', '/uploads'],
  ['PUT', '/uploads/upload-1?path=a.jpg'],
  ['DELETE', '/uploads/upload-1'],
] as const;

describe('without the secret of the link', () => {
  it.each(targets)('%s %s is refused', async (method, target) => {
    const reply = await visitor.visit(target, { method, headers: { cookie: undefined } });
    expect(reply.status).toBe(403);
    expect(reply.json()).toMatchObject({ code: 'forbidden', remedy: expect.any(String) });
  });

  it('the studio’s page leads to the door, which tells nothing', async () => {
    const reply = await visitor.visit('/', { headers: { cookie: undefined } });
    expect([reply.status, reply.headers['location']]).toEqual([303, '/enter']);
    const door = await visitor.visit('/enter', { headers: { cookie: undefined } });
    expect(door.status).toBe(200);
    expect(door.body.includes(visitor.token)).toBe(false);
  });

  it.each(['', 'x'.repeat(43)])('"%s" in its place is refused', async (token) => {
    const reply = await visitor.visit('/session', {
      method: 'POST',
      headers: { cookie: undefined },
      body: JSON.stringify({ token }),
    });
    expect(reply.status).toBe(403);
    expect(reply.headers['set-cookie']).toBeUndefined();
  });

  it.each(['not json', '[]', '{}', '7', JSON.stringify({ token: 'x'.repeat(5000) })])(
    'the body %s is refused',
    async (body) => {
      const reply = await visitor.visit('/session', { method: 'POST', body });
      expect([400, 403, 413]).toContain(reply.status);
      expect(reply.headers['set-cookie']).toBeUndefined();
    },
  );

  it('a cookie of another port, or a made-up one, is refused', async () => {
    const name = visitor.cookie.split('=')[0];
    for (const cookie of [`${name}=guess`, `${name}x=${visitor.cookie.split('=')[1]}`]) {
      const reply = await visitor.visit('/index.html', { headers: { cookie } });
      expect(reply.status).toBe(403);
    }
  });
});

describe('from another page', () => {
  it.each(targets)('%s %s is refused', async (method, target) => {
    for (const origin of [
      'https://evil.example',
      `http://127.0.0.1:${visitor.host.port + 1}`,
      'null',
    ]) {
      const reply = await visitor.visit(target, { method, headers: { origin } });
      expect(reply.status).toBe(403);
    }
  });

  it.each(targets.filter(([method]) => method !== 'GET'))(
    '%s %s is refused when it does not say where it comes from',
    async (method, target) => {
      const reply = await visitor.visit(target, { method, headers: { origin: undefined } });
      expect(reply.status).toBe(403);
    },
  );

  it.each(['cross-site', 'same-site'])('a picture is not shown to a %s page', async (site) => {
    const reply = await visitor.visit('/media/photo/1/thumbnail', {
      headers: { origin: undefined, 'sec-fetch-site': site },
    });
    expect(reply.status).toBe(403);
  });
});

describe('under another name', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1', 'localhost:1', '[::1]:80'])(
    '%s is refused, signed in or not',
    async (host) => {
      const reply = await visitor.visit('/', { headers: { host, origin: `http://${host}` } });
      expect(reply.status).toBe(403);
    },
  );

  it('localhost with the port is served', async () => {
    const host = `localhost:${visitor.host.port}`;
    const reply = await visitor.visit('/', { headers: { host, origin: `http://${host}` } });
    expect(reply.status).toBe(200);
  });
});

describe('outside its folder', () => {
  it.each([
    '/media/../outside.txt',
    '/media/photo/../../project.sqlite',
    '/media/photo/..%2f..%2fproject.sqlite',
    '/media/photo/%2e%2e/%2e%2e/project.sqlite',
    '/media/photo/%252e%252e/x',
    '/media/photo/..\\..\\project.sqlite',
    '/media//etc/passwd',
    '/media/photo//thumbnail',
    '/media/photo/1/thumbnail%00.png',
    '/media/',
    '/../outside.txt',
    '/assets/../../outside.txt',
    '//127.0.0.1/media/photo/1/thumbnail',
    'http://127.0.0.1/media/photo/1/thumbnail',
  ])('%s is refused before the studio is asked', async (target) => {
    const asked = visitor.app.mediaPaths.length;
    const reply = await visitor.visit(target);
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({ code: 'bad-request' });
    expect(visitor.app.mediaPaths).toHaveLength(asked);
  });

  it.each(['/%2e%2e/outside.txt', '/assets/..%2f..%2foutside.txt', '/etc/passwd'])(
    '%s is no file of the interface',
    async (target) => {
      expect((await visitor.visit(target)).status).toBe(404);
    },
  );

  it('an upload can’t write', async () => {
    const { sourceId } = (await visitor.visit('/uploads', { method: 'POST' })).json();
    const reply = await visitor.visit(
      `/uploads/${sourceId}?path=${encodeURIComponent('../a.jpg')}`,
      {
        method: 'PUT',
        body: 'x',
      },
    );
    expect(reply.status).toBe(413);
    expect(reply.json()).toMatchObject({ code: 'upload-refused' });
  });
});

describe('more than fits', () => {
  it.each(['announced', 'streamed'])('an upload that is %s is refused', async (manner) => {
    const { sourceId } = (await visitor.visit('/uploads', { method: 'POST' })).json();
    const reply = await visitor.visit(`/uploads/${sourceId}?path=big.jpg`, {
      method: 'PUT',
      body: new Uint8Array(1001),
      headers: manner === 'streamed' ? { 'transfer-encoding': 'chunked' } : {},
    });
    expect(reply.status).toBe(413);
    expect(visitor.app.staging.received.has(`${sourceId}/big.jpg`)).toBe(false);
  });

  it('a message ends its socket', async () => {
    const socket = open({});
    await new Promise((resolve) => socket.on('open', resolve));
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined);
    socket.send('x'.repeat(33 * 2 ** 20));
    expect(await closed).toBe(1009);
  });
});

describe('the socket', () => {
  it('opens for a signed-in page', async () => {
    const socket = open({});
    await new Promise((resolve) => socket.on('open', resolve));
    socket.close();
  });

  it.each([
    ['no cookie', { cookie: '' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin', { origin: '' }],
    ['another name', { host: 'evil.example' }],
    ['a same-site page', { 'sec-fetch-site': 'same-site' }],
  ])('is refused with %s', async (_, headers) => {
    expect(await refusal(open(headers))).toBe(403);
  });

  it('is at one address only', async () => {
    expect(await refusal(open({}, '/other'))).toBe(404);
  });

  it('is closed on bytes that are no text', async () => {
    const socket = open({});
    await new Promise((resolve) => socket.on('open', resolve));
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.send(Buffer.from([1, 2, 3]));
    expect(await closed).toBe(1003);
  });
});

it('sends a strict policy with the page and shuts media off from the studio', async () => {
  const page = await visitor.visit('/');
  const policy = String(page.headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(page.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
  });
  const media = await visitor.visit('/media/photo/1/thumbnail');
  expect(media.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
});

it('gives out a cookie that scripts and other sites never see', async () => {
  const reply = await visitor.visit('/session', {
    method: 'POST',
    headers: { cookie: undefined },
    body: JSON.stringify({ token: visitor.token }),
  });
  expect(reply.status).toBe(204);
  expect(String(reply.headers['set-cookie'])).toMatch(/; HttpOnly; SameSite=Strict$/);
  expect(String(reply.headers['set-cookie'])).not.toContain(visitor.token);
});

function open(headers: Record<string, string>, path = '/rpc'): WebSocket {
  const all = { cookie: visitor.cookie, origin: visitor.origin, ...headers };
  const given = Object.entries(all).filter(([, value]) => value !== '');
  return new WebSocket(`ws://127.0.0.1:${visitor.host.port}${path}`, {
    headers: Object.fromEntries(given),
  });
}

function refusal(socket: WebSocket): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    socket.on('open', () => reject(new Error('The socket opened.')));
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
    socket.on('error', reject);
  });
}
