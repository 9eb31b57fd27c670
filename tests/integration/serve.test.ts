import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { makePhotos } from '../fixtures/make-photos';
import { createProgram, type RunningProgram } from './program';
import { suiteFolder } from './suite-folder';

// What the web host refuses is tested in tests/contract; here that the built program serves it so.

const root = suiteFolder();
const program = createProgram(root);
afterAll(() => program.dispose());

let server: RunningProgram;
let link: URL;
let cookie: string;

beforeAll(async () => {
  const project = join(root, 'things');
  await makePhotos(join(root, 'photos'), ['banana/1.jpg']);
  await program.json(['create', project]);
  await program.json(['import', project, join(root, 'photos')]);
  server = program.start(['serve', project, '--no-open', '--port', '0', '--json']);
  await server.untilSaid(/"url":"[^"]+"/);
  link = new URL(JSON.parse(await server.untilSaid(/\{"url":"[^"]+"\}/)).url);
  const entered = await ask('/session', {
    method: 'POST',
    headers: { origin: link.origin },
    body: JSON.stringify({ token: new URLSearchParams(link.hash.slice(1)).get('token') }),
  });
  expect(entered.status).toBe(204);
  cookie = entered.cookie;
});

it('shows a photo to who has the link', async () => {
  const reply = await ask('/media/photo/1/thumbnail', { headers: { cookie } });
  expect(reply).toMatchObject({ status: 200, type: 'image/jpeg' });
});

describe('refuses', () => {
  it.each(['/index.html', '/media/photo/1/thumbnail', '/session'])(
    '%s without the token',
    async (path) => {
      expect((await ask(path, {})).status).toBe(403);
    },
  );

  it('a wrong token', async () => {
    const reply = await ask('/session', {
      method: 'POST',
      headers: { origin: link.origin },
      body: JSON.stringify({ token: 'A'.repeat(43) }),
    });
    expect(reply).toMatchObject({ status: 403, cookie: '' });
  });

  it.each(['/index.html', '/media/photo/1/thumbnail', '/session'])(
    '%s to a page of another origin',
    async (path) => {
      const reply = await ask(path, { headers: { cookie, origin: 'https://evil.example' } });
      expect(reply.status).toBe(403);
    },
  );

  it('a socket of another origin', async () => {
    const socket = new WebSocket(`ws://${link.host}/rpc`, {
      headers: { cookie, origin: 'https://evil.example' },
    });
    const status = await new Promise((resolve, reject) => {
      socket.on('open', () => reject(new Error('The socket opened.')));
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
    });
    expect(status).toBe(403);
  });

  it.each([
    '/media/../project.sqlite',
    '/media/photo/../../project.sqlite',
    '/media/photo/..%2f..%2fproject.sqlite',
    '/media/photo/%2e%2e/%2e%2e/project.sqlite',
    '/media/photo/%252e%252e/project.sqlite',
    '/media/photo/..\\..\\project.sqlite',
    '/media/model/..%2fproject.sqlite',
  ])('%s to who has the link', async (path) => {
    expect((await ask(path, { headers: { cookie } })).status).toBe(400);
  });
});

it('ends with Ctrl+C and lets go of the project', async () => {
  server.signal('SIGINT');
  expect((await server.ended).code).toBe(0);
  const status = await program.json(['status', join(root, 'things')]);
  expect(status).toMatchObject({ photos: { total: 1 } });
});

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** With the path as it is written: `fetch` would tidy it up. */
function ask(path: string, { method = 'GET', headers = {}, body }: Asked) {
  return new Promise<{ status: number; type: string; cookie: string }>((resolve, reject) => {
    const { hostname, port } = link;
    const asking = request({ hostname, port, path, method, headers }, (response) => {
      response.resume().on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          cookie: response.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
        }),
      );
    });
    asking.on('error', reject).end(body);
  });
}
