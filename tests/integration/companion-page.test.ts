import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBrowserPhones } from '@main/platform/devices/browser/browser-phones';
import { companionApp } from '@shared/domain/companion-protocol';
import { describe, expect, it, vi } from 'vitest';
import { createFakeLogger } from '../fakes/fake-logger';
import { hash, openPhonePage, status } from '../fixtures/phone-page';

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
    const { headers } = await page.pair(await page.tokenOf());
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

it('a page that was not built is said so', async () => {
  const phones = createBrowserPhones({
    folder: join(tmpdir(), 'pocketlens-none'),
    pageFolder: join(tmpdir(), 'pocketlens-none', 'page'),
    log: createFakeLogger(),
    port: 0,
  });
  await expect(phones.turnOn({ wifi: false, https: false })).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(phones.state()).toMatchObject({ isOn: false, phones: [] });
});
