import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdbTransport } from '@main/platform/devices/adb/adb-transport';
import type { PutSource } from '@main/platform/devices/device-transport';
import type { AppError } from '@shared/api/errors';
import type { Device } from '@shared/domain/device';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AndroidPhone } from '../fakes/android/android-phone';
import { adbBinary } from '../fakes/android/real-adb';
import { type AndroidLab, appId, openAndroidLab } from '../fixtures/android-phones';
import { temporaryFolder } from '../fixtures/temporary-folder';

const place = { kind: 'app', appId, folder: 'models' } as const;
const folderThere = `/sdcard/Android/data/${appId}/files/models`;
const unhurried = { signal: new AbortController().signal };

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const source = (content: Uint8Array): PutSource => ({ content, sha256: sha256(content) });
const bytes = (count: number, seed: number) =>
  Buffer.from(Array.from({ length: count }, (_, index) => (index * 31 + seed) % 251));

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `golden/${at}.jpg`);
const oldModel = bytes(1000, 1);
const newModel = bytes(700_000, 2);

/** Needs a real adb: `npm run setup` installs it on Debian and Ubuntu. */
describe.skipIf(adbBinary === undefined)('a push over the real adb server', () => {
  let lab: AndroidLab;
  beforeAll(async () => {
    lab = await openAndroidLab();
  });
  afterAll(() => lab.dispose());

  async function start(options?: Parameters<AndroidLab['phone']>[0], idleMs = 10_000) {
    const phone = await lab.phone(options);
    const transport = createAdbTransport({ server: lab.server, idleMs, pollMs: 100 });
    onTestFinished(() => transport.dispose());
    const device = async () =>
      (await transport.list()).find(({ id }) => id.endsWith(options?.serial ?? 'SIM'));
    return { phone, transport, device };
  }

  async function ready(options?: Parameters<AndroidLab['phone']>[0], idleMs?: number) {
    const { phone, transport } = await start({ serial: 'SIM', ...options }, idleMs);
    await vi.waitFor(
      async () =>
        expect(await transport.list()).toContainEqual(
          expect.objectContaining({ id: 'android:SIM', state: 'ready' }),
        ),
      { timeout: 30_000 },
    );
    return { phone, transport };
  }

  async function withOldModel(options?: Parameters<AndroidLab['phone']>[0], idleMs?: number) {
    const { phone, transport } = await ready(options, idleMs);
    const folder = await transport.openFolder('android:SIM', place);
    await folder.put('model.tflite', source(oldModel), unhurried);
    return { phone, transport, folder };
  }

  const held = (phone: AndroidPhone) =>
    readFileSync(phone.files.local(`${folderThere}/model.tflite`));
  const leftovers = (phone: AndroidPhone) =>
    ['/data/local/tmp', folderThere].flatMap((path) =>
      readdirSync(phone.files.local(path)).filter((name) => name.endsWith('.part')),
    );

  it('knows who the phone is', async () => {
    const { transport } = await ready();
    expect(await transport.list()).toEqual([
      {
        id: 'android:SIM',
        platform: 'android',
        state: 'ready',
        name: 'Google Pixel 8',
        maker: 'Google',
        model: 'Pixel 8',
        osVersion: '15',
        connection: 'wifi',
      },
    ]);
    expect(await transport.tool()).toMatchObject({
      name: 'adb',
      state: 'ready',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });

  it('replaces a file whole, tells how far it is, and leaves nothing behind', async () => {
    const { phone, folder } = await withOldModel();
    const file = join(temporaryFolder(), 'model.tflite');
    writeFileSync(file, newModel);
    const told: number[] = [];
    await folder.put(
      'model.tflite',
      { path: file, bytes: newModel.length, sha256: sha256(newModel) },
      { ...unhurried, onProgress: (count) => told.push(count) },
    );
    expect(sha256(held(phone))).toBe(sha256(newModel));
    expect(told.at(-1)).toBe(newModel.length);
    expect(told.length).toBeGreaterThan(3);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(leftovers(phone)).toEqual([]);
    expect(await folder.hash('model.tflite')).toBe(sha256(newModel));
  });

  it('does not send what is there already', async () => {
    const { phone, folder } = await withOldModel();
    await folder.put('model.tflite', source(newModel), unhurried);
    const before = phone.received;
    await folder.put('model.tflite', source(newModel), unhurried);
    expect(phone.received - before).toBeLessThan(10_000);
  });

  it('tells in one go what is there with just these bytes, whatever the name', async () => {
    const { folder } = await withOldModel();
    const names = ["golden/it's $(a) photo.jpg", 'golden/b.jpg', ...numbered(40)];
    for (const name of names.slice(0, 3)) await folder.put(name, source(oldModel), unhurried);
    const asked = names.map((name) => ({ name, source: source(oldModel) }));
    asked.push({ name: 'model.tflite', source: source(newModel) });
    expect([...(await folder.holds!(asked, unhurried.signal))]).toEqual(names.slice(0, 3));
    await folder.remove(...names);
    expect(await folder.list('golden')).toEqual([]);
  });

  it('reads, lists, pulls, hashes and removes, whatever the name', async () => {
    const { folder, phone } = await withOldModel();
    const name = "golden/it's $(a) photo.jpg";
    await folder.put(name, source(oldModel), unhurried);
    expect(await folder.list('golden')).toMatchObject([
      { name: "it's $(a) photo.jpg", bytes: 1000, isFolder: false },
    ]);
    expect(await folder.read(name)).toEqual(oldModel);
    expect(await folder.read('nothing.json')).toBeUndefined();
    expect(await folder.hash('nothing.json')).toBeUndefined();
    const target = join(temporaryFolder(), 'pulled');
    await folder.pull(name, target, unhurried);
    expect(readFileSync(target)).toEqual(oldModel);
    await expect(folder.pull('nothing', target, unhurried)).rejects.toMatchObject({
      code: 'not-found',
    });
    await folder.remove(name);
    expect(await folder.list('golden')).toEqual([]);
    expect(await folder.list('no-such-folder')).toEqual([]);
    phone.files.capacity = 4 << 20;
    expect(await folder.freeBytes()).toBeLessThan(4 << 20);
  });

  it('reads a file that its app keeps writing anew', async () => {
    const { phone, folder } = await withOldModel();
    const path = phone.files.local(`${folderThere}/status.json`);
    let isOver = false;
    let count = 0;
    const app = (async () => {
      while (!isOver) {
        writeFileSync(`${path}.part`, JSON.stringify({ count, state: 'x'.repeat(count++ % 7) }));
        renameSync(`${path}.part`, path);
        await new Promise((resolve) => setTimeout(resolve, 80));
      }
    })();
    try {
      for (let time = 0; time < 25; time++) {
        const read = await folder.read('status.json');
        expect(() => JSON.parse(Buffer.from(read!).toString())).not.toThrow();
      }
    } finally {
      isOver = true;
      await app;
    }
  });

  it.each([0.1, 0.6, 0.98])(
    'cut at %f of the bytes leaves the old model, and the next push sweeps',
    async (share) => {
      const { phone, transport, folder } = await withOldModel();
      phone.after(share * newModel.length, 'cut');
      await expect(folder.put('model.tflite', source(newModel), unhurried)).rejects.toMatchObject({
        code: 'device-gone',
        remedy: expect.stringContaining('old model'),
      });
      expect(sha256(held(phone))).toBe(sha256(oldModel));
      phone.plugIn();
      await lab.adb.disconnect(phone.address);
      await lab.adb.connect(phone.address);
      await vi.waitFor(
        async () => {
          const again = await transport.openFolder('android:SIM', place);
          await again.sweep();
          await again.put('model.tflite', source(newModel), unhurried);
        },
        { timeout: 30_000 },
      );
      expect(sha256(held(phone))).toBe(sha256(newModel));
      expect(leftovers(phone)).toEqual([]);
    },
  );

  it('that stalls is given up, and says so', async () => {
    const { phone, folder } = await withOldModel({}, 600);
    phone.after(newModel.length / 2, 'stall');
    await expect(folder.put('model.tflite', source(newModel), unhurried)).rejects.toMatchObject({
      code: 'device-stalled',
    });
    expect(sha256(held(phone))).toBe(sha256(oldModel));
  });

  it('that is cancelled leaves nothing behind', async () => {
    const { phone, folder } = await withOldModel();
    phone.delayMs = 20;
    const controller = new AbortController();
    const put = folder.put('model.tflite', source(newModel), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(put).rejects.toMatchObject({ code: 'cancelled' });
    phone.delayMs = 0;
    expect(sha256(held(phone))).toBe(sha256(oldModel));
    await vi.waitFor(() => expect(leftovers(phone)).toEqual([]), { timeout: 30_000 });
  });

  it.each([
    ['a disk that is full', { capacity: 300_000 }, 'no-space', 'No space left on device'],
    ['apps’ folders that are closed', { denyApps: true }, 'device-refused', 'Permission denied'],
    ['bytes that arrive changed', { corrupts: true }, 'hash-mismatch', 'other bytes'],
  ])('to %s fails, says why, and keeps the old model', async (_, fault, code, words) => {
    const { phone, folder } = await withOldModel();
    const { capacity, ...faults } = { capacity: 1 << 30, ...fault };
    phone.files.capacity = capacity;
    phone.files.faults = faults;
    const error = await folder.put('model.tflite', source(newModel), unhurried).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code,
      message: expect.stringContaining(words),
      remedy: expect.any(String),
    });
    expect(sha256(held(phone))).toBe(sha256(oldModel));
    phone.files.faults = {};
    await vi.waitFor(() => expect(leftovers(phone)).toEqual([]), { timeout: 30_000 });
  });

  it('goes without the staging folder where that is closed', async () => {
    const { phone, folder } = await withOldModel();
    phone.files.faults = { denyStaging: true };
    await folder.put('model.tflite', source(newModel), unhurried);
    expect(sha256(held(phone))).toBe(sha256(newModel));
  });

  it.each([
    ['is not installed', {}, 'no.such.app', 'not installed'],
    ['was never started', { newApps: ['com.example.new'] }, 'com.example.new', 'Open it once'],
  ])('to an app that %s says so', async (_, options, app, words) => {
    const { transport } = await ready(options);
    const opened = transport.openFolder('android:SIM', { ...place, appId: app });
    await expect(opened).rejects.toMatchObject({ code: 'app-missing' });
    await opened.catch((error: unknown) => {
      expect(JSON.stringify((error as AppError).toShape())).toContain(words);
    });
  });

  it('waits for a phone that asks, and sees the answer by itself', async () => {
    const { phone, transport } = await start({ serial: 'SHY', asks: true });
    const seen: string[] = [];
    const stop = transport.watch((devices: Device[]) =>
      seen.push(devices.map(({ state }) => state).join()),
    );
    onTestFinished(stop);
    await vi.waitFor(() => expect(seen.at(-1)).toBe('unauthorized'), { timeout: 30_000 });
    await expect(transport.openFolder(`android:${phone.address}`, place)).rejects.toMatchObject({
      code: 'device-refused',
      remedy: expect.stringContaining('Allow'),
    });
    phone.accept();
    await vi.waitFor(() => expect(seen.at(-1)).toBe('ready'), { timeout: 30_000 });
    phone.pull();
    await vi.waitFor(() => expect(seen.at(-1)).not.toBe('ready'), { timeout: 30_000 });
  });

  it('to a phone that is not there says so', async () => {
    const { transport } = await ready();
    await expect(transport.openFolder('android:GONE', place)).rejects.toMatchObject({
      code: 'device-gone',
    });
  });
});
