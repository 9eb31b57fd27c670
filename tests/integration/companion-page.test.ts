import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWebHost } from '@main/host/web/start-web-host';
import { createBrowserPhones } from '@main/platform/devices/browser/browser-phones';
import { accessMs, offerMs } from '@main/platform/devices/browser/paired-phones';
import { companionApp } from '@shared/domain/companion-protocol';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFakeLogger } from '../fakes/fake-logger';
import { createFakeStudio } from '../fakes/fake-studio';
import {
  ask,
  hash,
  openPhonePage,
  type PhonePage,
  status,
  type Told,
} from '../fixtures/phone-page';

const result = { protocol: status.protocol, id: 'push-1', at: status.at, runs: [] };

describe('a paired phone', () => {
  it('reads what was pushed to it, and sends what the protocol knows', async () => {
    const page = await openPhonePage();
    expect((await page.get('/files/manifest.json')).body).toBe('{"manifest":true}');
    const model = await page.get(`/files/${hash}.tflite`);
    expect(model.body).toBe('a model');
    expect(model.headers['cache-control']).toContain('immutable');
    expect(model.headers['cross-origin-embedder-policy']).toBe('require-corp');
    mkdirSync(join(page.own, 'photos'), { recursive: true });
    writeFileSync(join(page.own, 'photos', `${hash}.jpg`), 'a test photo');
    const photo = await page.get(`/files/photos/${hash}.jpg`);
    expect(photo.body).toBe('a test photo');
    // A test photo is on the phone for its answer only.
    expect(photo.headers['cache-control']).toBe('no-store');
    expect((await page.post('/status', JSON.stringify(status))).status).toBe(204);
    expect((await page.post('/results/push-1', JSON.stringify(result))).status).toBe(204);
    expect(readFileSync(join(page.own, 'results', 'push-1.json'), 'utf8')).toBe(
      JSON.stringify(result),
    );
  });

  it('has a cookie that scripts and other sites never get', async () => {
    const page = await openPhonePage();
    const { headers } = await page.pair(page.tokenOf());
    expect(String(headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict; Max-Age=2592000$/);
  });

  it('counts as connected while its page is open, and is told of files', async () => {
    const page = await openPhonePage();
    expect(await page.phones.list()).toEqual([]);
    const heard: string[] = [];
    const stream = request({
      host: '127.0.0.1',
      port: page.port,
      path: '/events',
      headers: { cookie: page.cookie },
    });
    stream.on('response', (response) => response.on('data', (chunk) => heard.push(String(chunk))));
    stream.on('error', () => undefined);
    stream.end();
    await vi.waitFor(async () =>
      expect(await page.phones.list()).toMatchObject([{ state: 'ready' }]),
    );
    const place = { kind: 'app' as const, ...companionApp };
    const folder = await page.phones.openFolder(page.id, place);
    const content = Buffer.from('{}');
    const sha256 = createHash('sha256').update(content).digest('hex');
    const before = heard.join('').split('event: files').length;
    await folder.put(
      'manifest.json',
      { content, sha256 },
      { signal: new AbortController().signal },
    );
    await vi.waitFor(() => expect(heard.join('').split('event: files')).toHaveLength(before + 1));
    expect(heard.join('')).toContain('event: files\ndata: manifest.json\n\n');
    await page.phones.revoke(page.id);
    await vi.waitFor(() => expect(heard.join('')).toContain('event: revoked'));
    await vi.waitFor(async () => expect(await page.phones.list()).toEqual([]));
    await expect(page.phones.openFolder(page.id, place)).rejects.toMatchObject({
      code: 'device-gone',
    });
  });
});

/** Acceptance 6: what is refused, and how. */
describe('refused is', () => {
  it.each<[string, number, (page: PhonePage) => Promise<Told>]>([
    ['a file without a token', 403, (page) => page.get('/files/manifest.json', {})],
    ['the list of events without a token', 403, (page) => page.get('/events', {})],
    [
      'a message without a token',
      403,
      (page) => page.post('/status', JSON.stringify(status), { cookie: '' }),
    ],
    [
      'a made-up token',
      403,
      (page) => page.get('/files/manifest.json', { cookie: page.cookie.replace(/=.*/, '=AAAA') }),
    ],
    [
      'an expired token',
      403,
      (page) => {
        page.wait(accessMs);
        return page.get('/files/manifest.json');
      },
    ],
    [
      'a revoked token',
      403,
      async (page) => {
        await page.phones.revoke(page.id);
        return page.get('/files/manifest.json');
      },
    ],
    [
      'a pairing code that was used',
      403,
      async (page) => {
        const token = page.tokenOf();
        await page.pair(token);
        return page.pair(token);
      },
    ],
    [
      'a pairing code that has expired',
      403,
      (page) => {
        const token = page.tokenOf();
        page.wait(offerMs);
        return page.pair(token);
      },
    ],
    ['a pairing code that was guessed', 403, (page) => page.pair('A'.repeat(43))],
    [
      'a message from another origin',
      403,
      (page) => page.post('/status', JSON.stringify(status), { origin: 'http://evil.example' }),
    ],
    [
      'a message from another port of this computer',
      403,
      (page) => page.post('/status', JSON.stringify(status), { origin: 'http://127.0.0.1:1' }),
    ],
    [
      'a file that another site asks for',
      403,
      (page) =>
        page.get('/files/manifest.json', { cookie: page.cookie, 'sec-fetch-site': 'cross-site' }),
    ],
    [
      'a message without an origin',
      403,
      (page) =>
        ask(page.port, {
          method: 'POST',
          path: '/status',
          headers: { cookie: page.cookie },
          body: JSON.stringify(status),
        }),
    ],
    [
      'a name that was rebound to this computer',
      403,
      (page) =>
        page.get('/files/manifest.json', {
          cookie: page.cookie,
          host: `evil.example:${page.port}`,
        }),
    ],
    [
      'an address of this computer while Wi-Fi is off',
      403,
      (page) => page.get('/', { host: `192.168.1.5:${page.port}` }),
    ],
    ['a file outside the folder', 404, (page) => page.get('/files/../../../secret.txt')],
    [
      'a file outside the folder, encoded',
      404,
      (page) => page.get('/files/%2e%2e/%2e%2e/secret.txt'),
    ],
    ['a page file outside the page', 404, (page) => page.get('/../secret.txt')],
    ['the record of phones', 404, (page) => page.get('/files/phones.json')],
    ['what the phone itself has sent', 404, (page) => page.get('/files/status.json')],
    ['the studio’s rpc', 404, (page) => page.get('/rpc')],
    ['the studio’s media', 404, (page) => page.get('/media/photo/1/display')],
    ['the studio’s uploads', 404, (page) => page.post('/uploads', '')],
    [
      'another method',
      404,
      (page) =>
        ask(page.port, {
          method: 'PUT',
          path: '/status',
          headers: { cookie: page.cookie, origin: page.origin },
        }),
    ],
    [
      'answers that nobody asked for',
      404,
      (page) => page.post('/results/push-9', JSON.stringify(result)),
    ],
    [
      'answers to something else',
      400,
      (page) => page.post('/results/push-1', JSON.stringify({ ...result, id: 'push-2' })),
    ],
    ['a message that is none', 400, (page) => page.post('/status', '{"state":"idle"}')],
    ['an oversized status', 413, (page) => page.post('/status', 'x'.repeat(17 << 10))],
    ['oversized answers', 413, (page) => page.post('/results/push-1', 'x'.repeat((4 << 20) + 1))],
    [
      'oversized answers whose length is not told',
      413,
      (page) =>
        page.post('/results/push-1', 'x'.repeat((4 << 20) + 1), { 'transfer-encoding': 'chunked' }),
    ],
    [
      'too many messages',
      429,
      async (page) => {
        for (let number = 0; number < 60; number++)
          await page.post('/status', JSON.stringify(status));
        return page.post('/status', JSON.stringify(status));
      },
    ],
    [
      'too many guesses at a pairing code',
      429,
      async (page) => {
        for (let guess = 0; guess < 20; guess++) await page.pair(`guess ${guess}`);
        return page.pair(page.tokenOf());
      },
    ],
  ])('%s: %i', async (_, expected, attack) => {
    const page = await openPhonePage();
    const answer = await attack(page);
    expect(answer.status).toBe(expected);
    expect(answer.body).not.toMatch(/not for phones|a model|"manifest"/);
    expect(JSON.parse(answer.body)).toMatchObject({ code: expect.any(String) });
  });

  it.each([
    ['GET', '/'],
    ['GET', '/session'],
    ['GET', '/media/photo/1/display'],
    ['POST', '/uploads'],
    ['POST', '/session'],
  ])('a phone’s token at the studio’s own server: %s %s', async (method, path) => {
    const page = await openPhonePage();
    const rendererFolder = join(page.folder, 'renderer');
    mkdirSync(rendererFolder);
    writeFileSync(join(rendererFolder, 'index.html'), '<title>Studio</title>');
    const studio = createFakeStudio();
    const host = await startWebHost({
      app: studio,
      rendererFolder,
      port: 0,
      log: createFakeLogger(),
    });
    onTestFinished(() => host.close());
    const secret = page.cookie.split('=')[1] ?? '';
    const names = [`pocketlens-${host.port}`, `pocketlens-page-${page.port}`];
    const answer = await ask(host.port, {
      method,
      path,
      headers: {
        cookie: names.map((name) => `${name}=${secret}`).join('; '),
        origin: `http://127.0.0.1:${host.port}`,
      },
      ...(method === 'POST' ? { body: JSON.stringify({ token: secret }) } : {}),
    });
    // The studio's first page sends whoever is not signed in to where the secret link is asked for.
    expect(answer.status).toBe(path === '/' ? 303 : 403);
    expect(answer.body).not.toContain('Studio</title>');
    expect(studio.mediaPaths).toEqual([]);
  });

  it('everything once it is turned off', async () => {
    const page = await openPhonePage();
    await page.phones.turnOff();
    await expect(page.get('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(() => page.phones.offer()).toThrow(expect.objectContaining({ code: 'not-ready' }));
  });
});

it('a page that was not built is said so', async () => {
  const phones = createBrowserPhones({
    folder: join(tmpdir(), 'pocketlens-none'),
    pageFolder: join(tmpdir(), 'pocketlens-none', 'page'),
    log: createFakeLogger(),
    port: 0,
  });
  await expect(phones.turnOn({ wifi: false })).rejects.toMatchObject({ code: 'not-found' });
  expect(phones.state()).toMatchObject({ isOn: false, phones: [] });
});
