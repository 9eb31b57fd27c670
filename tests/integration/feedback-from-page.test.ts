import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { createDeviceHub } from '@main/platform/devices/device-hub';
import { largestPhotoBytes, mostWaiting } from '@main/platform/devices/browser/receive-feedback';
import { companionProtocol } from '@shared/domain/companion-protocol';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { giveFeedback } from '../fakes/companion-feedback';
import { openFeedbackStudio } from '../fixtures/feedback-studio';
import { drawPhoto } from '../fixtures/make-photos';
import { ask, openPhonePage, type PhonePage, type Told } from '../fixtures/phone-page';

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const hourMs = 3_600_000;

let photo: Buffer;
let sha256: string;
beforeAll(async () => {
  photo = await drawPhoto('seen', { width: 96, height: 64 });
  sha256 = hashOf(photo);
});

const messageOf = (hash: string, changes: object = {}) =>
  JSON.stringify({
    protocol: companionProtocol,
    photo: { file: `feedback/${hash}.jpg`, sha256: hash },
    at: '2026-03-01T10:00:00.000Z',
    model: 'a'.repeat(64),
    answered: 'banana',
    probability: 0.87,
    label: 'hat',
    ...changes,
  });

const sendPhoto = (page: PhonePage, headers = {}) =>
  page.post(`/feedback/${sha256}.jpg`, photo, headers);
const there = ({ own }: PhonePage) =>
  existsSync(join(own, 'feedback')) ? readdirSync(join(own, 'feedback')).sort() : [];

/** A phone whose page is open, and a project that has pushed to it and looks by itself once an hour. */
async function openBoth() {
  const page = await openPhonePage();
  const hub = createDeviceHub({ transports: [page.phones] });
  const events = request({
    host: '127.0.0.1',
    port: page.port,
    path: '/events',
    headers: { cookie: page.cookie },
  });
  events.on('response', (response) => response.resume());
  events.on('error', () => undefined);
  events.end();
  onTestFinished(() => void events.destroy());
  await vi.waitFor(async () => expect(await hub.list()).toHaveLength(1));
  const studio = openFeedbackStudio({
    hub,
    deviceId: page.id,
    watches: true,
    lookAgainMs: hourMs,
  });
  const started = (count: number) =>
    vi.waitFor(() => expect(studio.jobs.started).toHaveLength(count), { timeout: 20_000 });
  return { page, studio, started };
}

describe('a correction that is made in the page', () => {
  it('is in the inbox without anybody asking, and not in the phone’s folder any more', async () => {
    const { page, studio, started } = await openBoth();
    expect((await sendPhoto(page)).status).toBe(204);
    expect((await page.post('/feedback', messageOf(sha256))).status).toBe(204);
    expect(there(page)).toContain(`${sha256}.jpg`);
    await started(1);
    expect(await studio.jobs.last().run()).toEqual({ taken: '1', left: '0' });
    expect(await studio.list()).toMatchObject([
      {
        sha256,
        answered: { label: 'banana', probability: 0.87 },
        said: 'hat',
        device: { id: page.id, name: 'Pixel 8' },
        width: 96,
        height: 64,
      },
    ]);
    expect(there(page)).toEqual([]);
  });

  it('that comes while others are taken is taken right after', async () => {
    const { page, studio, started } = await openBoth();
    await sendPhoto(page);
    await page.post('/feedback', messageOf(sha256));
    await started(1);
    // Told while the job is there; the file comes when the job has listed what there is.
    await page.post('/feedback', messageOf(sha256));
    const late = await drawPhoto('late', { width: 64, height: 64 });
    studio.whenTaken(() => void giveFeedback(page.own, 2, late));
    await studio.jobs.last().run();
    studio.whenTaken(() => undefined);
    await started(2);
    await studio.jobs.last().run();
    expect((await studio.list()).map((each) => each.sha256).sort()).toEqual(
      [sha256, hashOf(late)].sort(),
    );
  });

  it('is one, however often the page sends it', async () => {
    const page = await openPhonePage();
    for (let time = 0; time < 3; time++) {
      await sendPhoto(page);
      await page.post('/feedback', messageOf(sha256));
    }
    const at = Date.parse('2026-03-01T10:00:00.000Z');
    expect(there(page)).toEqual([`${at}-${sha256.slice(0, 12)}.json`, `${sha256}.jpg`].sort());
  });
});

function fill({ own }: PhonePage, ending: string, count: number): void {
  mkdirSync(join(own, 'feedback'), { recursive: true });
  for (let number = 0; number < count; number++) {
    const hash = hashOf(Buffer.from(`${number}`));
    if (ending === '.jpg') writeFileSync(join(own, 'feedback', `${hash}.jpg`), '');
    writeFileSync(join(own, 'feedback', `1-${hash.slice(0, 12)}.json`), '');
  }
}

describe.each([{ https: false }, { https: true }])('refused is, with https $https:', (by) => {
  it.each<[string, number, string, (page: PhonePage) => Promise<Told>]>([
    ['a photo without a token', 403, 'forbidden', (page) => sendPhoto(page, { cookie: '' })],
    [
      'a message without a token',
      403,
      'forbidden',
      async (page) => {
        await sendPhoto(page);
        return page.post('/feedback', messageOf(sha256), { cookie: '' });
      },
    ],
    [
      'a photo from another origin',
      403,
      'forbidden',
      (page) => sendPhoto(page, { origin: 'http://evil.example' }),
    ],
    [
      'a photo of a phone that was revoked',
      403,
      'forbidden',
      async (page) => {
        await page.phones.revoke(page.id);
        return sendPhoto(page);
      },
    ],
    [
      'a photo with another hash',
      409,
      'hash-mismatch',
      (page) => page.post(`/feedback/${'e'.repeat(64)}.jpg`, photo),
    ],
    [
      'a photo that is none',
      409,
      'photo-unreadable',
      (page) => {
        const text = Buffer.from('<script>'.repeat(50));
        return page.post(`/feedback/${hashOf(text)}.jpg`, text);
      },
    ],
    [
      'an oversized photo',
      413,
      'upload-refused',
      (page) => page.post(`/feedback/${sha256}.jpg`, Buffer.alloc(largestPhotoBytes + 1)),
    ],
    [
      'an oversized photo whose length is not told',
      413,
      'upload-refused',
      (page) =>
        page.post(`/feedback/${sha256}.jpg`, Buffer.alloc(largestPhotoBytes + 1), {
          'transfer-encoding': 'chunked',
        }),
    ],
    [
      'a photo outside the folder',
      404,
      'not-found',
      (page) => page.post(`/feedback/../${sha256}.jpg`, photo),
    ],
    [
      'a message before its photo',
      409,
      'not-ready',
      (page) => page.post('/feedback', messageOf(sha256)),
    ],
    [
      'a message about a file that is not a photo of corrections',
      400,
      'bad-request',
      async (page) => {
        await sendPhoto(page);
        return page.post(
          '/feedback',
          messageOf(sha256, { photo: { file: 'manifest.json', sha256 } }),
        );
      },
    ],
    ['a message that is none', 400, 'bad-request', (page) => page.post('/feedback', '{"label":1}')],
    [
      'an oversized message',
      413,
      'upload-refused',
      (page) => page.post('/feedback', 'x'.repeat((64 << 10) + 1)),
    ],
    [
      'one photo too many that waits',
      429,
      'too-many',
      (page) => {
        fill(page, '.jpg', mostWaiting);
        return sendPhoto(page);
      },
    ],
    [
      'one message too many that waits',
      429,
      'too-many',
      async (page) => {
        await sendPhoto(page);
        fill(page, '.json', mostWaiting);
        return page.post('/feedback', messageOf(sha256));
      },
    ],
    [
      'a photo sent by another method',
      404,
      'not-found',
      (page) =>
        ask(page.port, {
          root: page.root,
          method: 'PUT',
          path: `/feedback/${sha256}.jpg`,
          headers: { cookie: page.cookie, origin: page.origin },
          body: photo,
        }),
    ],
  ])('%s: %i %s', async (_, status, code, attempt) => {
    const page = await openPhonePage(by);
    const told: string[] = [];
    page.phones.onFeedback?.((id) => told.push(id));
    const answer = await attempt(page);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ code });
    expect(told).toEqual([]);
    expect(there(page).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('nothing for photos whose message never came: they make room after a while', async () => {
    const page = await openPhonePage(by);
    fill(page, '.jpg', mostWaiting);
    const [first = ''] = there(page).filter((name) => name.endsWith('.jpg'));
    const orphan = join(page.own, 'feedback', first);
    const message = there(page).find((name) => name.endsWith(`-${first.slice(0, 12)}.json`)) ?? '';
    rmSync(join(page.own, 'feedback', message));
    expect((await sendPhoto(page)).status).toBe(429);
    const before = new Date(Date.now() - hourMs);
    utimesSync(orphan, before, before);
    expect((await sendPhoto(page)).status).toBe(204);
    expect(existsSync(orphan)).toBe(false);
  });
});
