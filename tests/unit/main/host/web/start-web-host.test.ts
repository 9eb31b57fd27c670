import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enterScript } from '@main/host/web/enter-page';
import { startWebHost } from '@main/host/web/start-web-host';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createFakeLogger } from '../../../../fakes/fake-logger';
import { createFakeStudio } from '../../../../fakes/fake-studio';
import { createWebVisitor, type WebVisitor } from '../../../../fakes/web-visitor';

const open: WebVisitor[] = [];
afterEach(async () => {
  for (const visitor of open.splice(0)) await visitor.close();
});

async function visitorOf(options: Parameters<typeof createWebVisitor>[0] = {}) {
  const visitor = await createWebVisitor(options);
  open.push(visitor);
  return visitor;
}

async function socketOf(visitor: WebVisitor): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${visitor.host.port}/rpc`, {
    headers: { cookie: visitor.cookie, origin: visitor.origin },
    autoPong: false,
  });
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  return socket;
}

describe('the link', () => {
  it('holds 32 random bytes in its fragment, new at each start', async () => {
    const [first, second] = [await visitorOf(), await visitorOf()];
    expect(Buffer.from(first.token, 'base64url')).toHaveLength(32);
    expect(first.token).not.toBe(second.token);
    expect(new URL(first.host.url).search).toBe('');
  });

  it('opens a door whose script leaves no secret in the address bar', async () => {
    const visitor = await visitorOf();
    const reply = await visitor.visit('/enter.js', { headers: { cookie: undefined } });
    expect(reply.body.toString()).toBe(enterScript);
    expect(enterScript.indexOf('replaceState')).toBeLessThan(enterScript.indexOf('fetch('));
  });
});

describe('the interface', () => {
  it('is served to a signed-in page, hashed files to keep', async () => {
    const visitor = await visitorOf();
    const page = await visitor.visit('/');
    expect(page.body.toString()).toContain('<title>Studio</title>');
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
    });
    const script = await visitor.visit('/assets/index-abc123.js');
    expect(script.headers['cache-control']).toContain('immutable');
    expect((await visitor.visit('/session')).status).toBe(204);
  });

  it('answers HEAD without a body and unknown addresses with 404', async () => {
    const visitor = await visitorOf();
    const head = await visitor.visit('/', { method: 'HEAD' });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect((await visitor.visit('/nothing')).json()).toMatchObject({ code: 'not-found' });
    expect((await visitor.visit('/', { method: 'POST' })).status).toBe(404);
  });

  it('that was not built is said before anything listens', async () => {
    await expect(
      startWebHost({
        app: createFakeStudio(),
        rendererFolder: join(tmpdir(), 'no-such-folder'),
        port: 0,
        log: createFakeLogger(),
      }),
    ).rejects.toMatchObject({ code: 'not-found', remedy: expect.stringContaining('build') });
  });
});

describe('uploads', () => {
  it('are received by id, kept in folders and thrown away', async () => {
    const visitor = await visitorOf();
    const opened = await visitor.visit('/uploads', { method: 'POST' });
    const { sourceId } = opened.json();
    expect(opened.status).toBe(201);
    const path = encodeURIComponent('bananas/größe 1.jpg');
    const put = await visitor.visit(`/uploads/${sourceId}?path=${path}`, {
      method: 'PUT',
      body: 'jpeg',
    });
    expect(put.status).toBe(204);
    const { staging } = visitor.app;
    expect(staging.received.get(`${sourceId}/bananas/größe 1.jpg`)?.toString()).toBe('jpeg');
    expect((await visitor.visit(`/uploads/${sourceId}`, { method: 'DELETE' })).status).toBe(204);
    expect(staging.discarded).toEqual([sourceId]);
  });

  it('need a path, a known id and the right method', async () => {
    const visitor = await visitorOf();
    const status = async (method: string, target: string) =>
      (await visitor.visit(target, { method, body: 'x' })).status;
    const { sourceId } = (await visitor.visit('/uploads', { method: 'POST' })).json();
    expect(await status('PUT', `/uploads/${sourceId}`)).toBe(400);
    expect(await status('PUT', '/uploads/upload-99?path=a.jpg')).toBe(404);
    expect(await status('POST', `/uploads/${sourceId}`)).toBe(404);
    expect(await status('PATCH', '/uploads')).toBe(404);
  });
});

it('media is served, in part too', async () => {
  const visitor = await visitorOf({
    media: {
      'photo/1/display': { kind: 'bytes', contentType: 'image/jpeg', bytes: Buffer.from('jpeg') },
    },
  });
  const reply = await visitor.visit('/media/photo/1/display', { headers: { range: 'bytes=1-2' } });
  expect([reply.status, reply.body.toString()]).toEqual([206, 'pe']);
  expect((await visitor.visit('/media/photo/2/display')).status).toBe(404);
});

it('a defect is logged with its request and shown as one sentence', async () => {
  const visitor = await visitorOf();
  visitor.app.media = () => Promise.reject(new Error('secret'));
  const reply = await visitor.visit('/media/photo/1/display?v=1');
  expect(reply.status).toBe(500);
  expect(reply.json()).toMatchObject({ code: 'internal' });
  expect(reply.body.toString()).not.toContain('secret');
  expect(visitor.log.lines).toEqual(['error GET /media/photo/1/display failed: Error: secret']);
});

it('a tab that answers no ping is dropped', async () => {
  const visitor = await visitorOf({ heartbeatMs: 20 });
  const socket = await socketOf(visitor);
  expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(1006);
});

it('a taken port is said, and which', async () => {
  const { host, app, log, rendererFolder } = await visitorOf();
  await expect(startWebHost({ app, rendererFolder, port: host.port, log })).rejects.toMatchObject({
    code: 'busy',
    message: expect.stringContaining(String(host.port)),
  });
});

it('closing drops tabs and frees the port', async () => {
  const visitor = await createWebVisitor();
  const socket = await socketOf(visitor);
  const closed = new Promise((resolve) => socket.on('close', resolve));
  await visitor.close();
  await closed;
  const refused = await new Promise<string | undefined>((resolve) => {
    const probe = connect(visitor.host.port, '127.0.0.1');
    probe.on('connect', () => resolve(undefined));
    probe.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
  expect(refused).toBe('ECONNREFUSED');
});
