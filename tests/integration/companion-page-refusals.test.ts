import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startWebHost } from '@main/host/web/start-web-host';
import { accessMs, offerMs } from '@main/platform/devices/browser/paired-phones';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeLogger } from '../fakes/fake-logger';
import { createFakeStudio } from '../fakes/fake-studio';
import { ask, openPhonePage, type PhonePage, status, type Told } from '../fixtures/phone-page';

const result = { protocol: status.protocol, id: 'push-1', at: status.at, runs: [] };

/** Acceptance 6: what is refused, and how. */
describe.each([{ https: false }, { https: true }])('refused is, with https $https:', (by) => {
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
        const token = await page.tokenOf();
        await page.pair(token);
        return page.pair(token);
      },
    ],
    [
      'a pairing code that has expired',
      403,
      async (page) => {
        const token = await page.tokenOf();
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
          root: page.root,
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
      'an address that this computer has not, or while Wi-Fi is off',
      403,
      (page) => page.get('/', { host: `192.168.1.5:${page.port}` }),
    ],
    ['the key, and the file it is in', 404, (page) => page.get('/files/certificate.pem')],
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
          root: page.root,
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
        return page.pair(await page.tokenOf());
      },
    ],
  ])('%s: %i', async (_, expected, attack) => {
    const page = await openPhonePage(by);
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
    const page = await openPhonePage(by);
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
    const names = [`pocketlens-${host.port}`, page.cookie.split('=')[0]];
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
    const page = await openPhonePage(by);
    await page.phones.turnOff();
    await expect(page.get('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(page.phones.offer()).rejects.toMatchObject({ code: 'not-ready' });
  });
});
