import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { createAdbTransport } from '@main/platform/devices/adb/adb-transport';
import { createDeviceHub } from '@main/platform/devices/device-hub';
import { createIosTransport } from '@main/platform/devices/ios/ios-transport';
import { companionApp } from '@shared/domain/companion-protocol';
import type { DeviceId } from '@shared/domain/device';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { adbBinary } from '../fakes/android/real-adb';
import { hasIosLibrary } from '../fakes/iphone/real-libimobiledevice';
import { type AppMistake, startReferenceCompanion } from '../fakes/reference-companion';
import { type AndroidLab, openAndroidLab } from '../fixtures/android-phones';
import { buildIphoneProcess, openIphoneLab } from '../fixtures/iphones';
import { openPushingStudio } from '../fixtures/pushing-studio';

const context = { signal: new AbortController().signal };
const { appId, folder: folderName } = companionApp;

let studio: Runtime;
let phoneRuntime: Runtime;
beforeAll(async () => {
  studio = await createWasmRuntime();
  phoneRuntime = await createWasmRuntime();
});
afterAll(async () => {
  await Promise.all([studio.dispose(), phoneRuntime.dispose()]);
});

function startApp(folder: string, mistake?: AppMistake) {
  mkdirSync(folder, { recursive: true });
  const companion = startReferenceCompanion(folder, phoneRuntime);
  companion.mistake = mistake;
  onTestFinished(() => companion.stop());
  return companion;
}

type Studio = Awaited<ReturnType<typeof openPushingStudio>>;

async function startMeasuring(
  { handlers, jobs }: Studio,
  deviceId: DeviceId,
  { modelIds = ['model-1', 'model-2'], photos = 5, targetId = 'companion' } = {},
) {
  await handlers['phoneMeasurements.measure']({ deviceId, modelIds, targetId, photos }, context);
  return jobs.last();
}

async function measurements({ handlers }: Studio) {
  return (await handlers['phoneMeasurements.list']({}, context)).measurements;
}

/** All that lies below a folder, but for what the app says of itself. */
const heldIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[a-z0-9]+$/.test(name) && name !== 'status.json')
    .sort();

describe.skipIf(adbBinary === undefined)('measuring on an Android phone', () => {
  let lab: AndroidLab;
  beforeAll(async () => {
    lab = await openAndroidLab();
  });
  afterAll(() => lab.dispose());

  async function open({ patienceMs = 10_000, idleMs = 10_000 } = {}) {
    const phone = await lab.phone({ serial: 'SIM', apps: [appId] });
    const folder = phone.files.local(`/sdcard/Android/data/${appId}/files/${folderName}`);
    const transport = createAdbTransport({ server: lab.server, idleMs, pollMs: 100 });
    const hub = createDeviceHub({ transports: [transport], adb: transport });
    const opened = await openPushingStudio({
      hub,
      runtime: studio,
      deviceId: 'android:SIM',
      patienceMs,
    });
    await opened.until('ready');
    return { ...opened, phone, folder };
  }

  it('says how right its answers are, how fast they come and how far they are the desktop’s', async () => {
    const opened = await open();
    startApp(opened.folder);
    const job = await startMeasuring(opened, 'android:SIM');
    const { measurementId } = await job.run();
    const [measured] = await measurements(opened);
    expect(measured).toMatchObject({
      id: measurementId,
      deviceId: 'android:SIM',
      deviceName: 'Google Pixel 8',
      versionId: 'version-1',
      photos: 5,
    });
    expect(measured?.models.map(({ modelId }) => modelId)).toEqual(['model-1', 'model-2']);
    for (const figures of measured?.models ?? []) {
      expect(figures).toMatchObject({ total: 5, unanswered: 0, sameAsDesktop: 5 });
      expect(figures.correct).toBe(figures.correctOnDesktop);
      expect(figures.top1).toBe(figures.correct / 5);
      expect(figures.top1Interval!.low).toBeLessThanOrEqual(figures.top1!);
      expect(figures.largestDifference).toBeLessThan(0.01);
      expect(figures.latencyMs!.p50).toBeGreaterThan(0);
      expect(figures.memoryBytes).toBeGreaterThan(0);
      expect(figures.provenance).toMatchObject({
        kind: 'measured',
        on: '5 test photos of version-1',
        by: expect.stringMatching(/LiteRT.*, CPU on Google Pixel 8$/),
      });
    }
    // No photo stays on the phone, and what it runs is not touched.
    expect(
      heldIn(opened.folder).filter((name) => !/^[0-9a-f]{64}\.(tflite|json)$/.test(name)),
    ).toEqual([]);
    expect(opened.events).toContain('phoneMeasurements.changed');
  });

  it('leaves alone what a push left: the model that runs and its golden photos', async () => {
    const opened = await open();
    const companion = startApp(opened.folder);
    await opened.push(['model-1']);
    const before = heldIn(opened.folder);
    const job = await startMeasuring(opened, 'android:SIM', { modelIds: ['model-1'] });
    await job.run();
    expect(heldIn(opened.folder)).toEqual(before);
    expect(companion.running).toBe(opened.models.get('model-1').sha256);
  });

  it('shows what a mistake of the app costs', async () => {
    const opened = await open();
    startApp(opened.folder, 'bgr');
    const job = await startMeasuring(opened, 'android:SIM', { photos: 6 });
    await job.run();
    const [measured] = await measurements(opened);
    for (const { sameAsDesktop, largestDifference } of measured!.models) {
      expect(largestDifference).toBeGreaterThan(0.1);
      expect(sameAsDesktop).toBeLessThan(6);
    }
  });

  it('says to open an app that never answers, and takes the photos away again', async () => {
    const opened = await open({ patienceMs: 100 });
    const companion = startApp(opened.folder);
    companion.isSilent = true;
    const job = await startMeasuring(opened, 'android:SIM', { modelIds: ['model-1'], photos: 2 });
    await expect(job.run()).rejects.toMatchObject({
      code: 'device-refused',
      message: expect.stringContaining('has not answered'),
      remedy: expect.stringContaining('Open the app on the phone'),
    });
    expect(await measurements(opened)).toEqual([]);
    expect(
      existsSync(join(opened.folder, 'photos')) && heldIn(join(opened.folder, 'photos')),
    ).toEqual([]);
  });

  it('of a phone that is pulled out meanwhile stores nothing, and works the next time', async () => {
    const opened = await open({ idleMs: 1_500 });
    const companion = startApp(opened.folder);
    opened.phone.after(8_000, 'cut');
    const job = await startMeasuring(opened, 'android:SIM');
    await expect(job.run()).rejects.toMatchObject({ code: 'device-gone' });
    expect(await measurements(opened)).toEqual([]);
    opened.phone.plugIn();
    await lab.adb.disconnect(opened.phone.address);
    await lab.adb.connect(opened.phone.address);
    await opened.until('ready');
    await (await startMeasuring(opened, 'android:SIM')).run();
    expect(await measurements(opened)).toHaveLength(1);
    // What the first one left goes with the next push.
    await opened.push(['model-1']);
    expect(companion.running).toBe(opened.models.get('model-1').sha256);
    expect(heldIn(join(opened.folder, 'photos'))).toEqual([]);
  });

  it('can be cancelled while it waits, and keeps a push out until then', async () => {
    const opened = await open({ patienceMs: 60_000 });
    const companion = startApp(opened.folder);
    companion.isSilent = true;
    const job = await startMeasuring(opened, 'android:SIM', { modelIds: ['model-1'] });
    const ran = job.run();
    await vi.waitFor(() => expect(existsSync(join(opened.folder, 'requests'))).toBe(true), 30_000);
    await expect(opened.push(['model-1'])).rejects.toMatchObject({ code: 'busy' });
    job.cancel();
    await expect(ran).rejects.toMatchObject({ code: 'cancelled' });
    expect(heldIn(join(opened.folder, 'photos'))).toEqual([]);
    expect(heldIn(join(opened.folder, 'requests'))).toEqual([]);
  });

  it('asks only apps that speak the protocol, on phones that are there', async () => {
    const opened = await open();
    const { target } = await opened.handlers['deploy.saveTarget'](
      {
        name: 'Downloads',
        place: { kind: 'folder', path: '/sdcard/Download/flowers' },
        speaksProtocol: false,
        modelFile: 'model-{precision}.tflite',
      },
      context,
    );
    await expect(
      startMeasuring(opened, 'android:SIM', { targetId: target.id }),
    ).rejects.toMatchObject({ code: 'bad-request' });
    await expect(startMeasuring(opened, 'android:GONE')).rejects.toMatchObject({
      code: 'device-gone',
    });
  });
});

describe.skipIf(!hasIosLibrary())('measuring on an iPhone', () => {
  it.each([undefined, 'zero-to-one'] as const)('with the mistake %s', async (mistake) => {
    const { file, remove } = await buildIphoneProcess();
    onTestFinished(remove);
    const { muxd, phone: plugIn } = await openIphoneLab();
    const phone = plugIn({ apps: [{ bundleId: appId, fileSharing: true }] });
    const folder = join(phone.folder, 'Containers', appId, 'Documents', folderName);
    startApp(folder, mistake);
    const transport = createIosTransport({
      processFile: file,
      platform: process.platform,
      environment: { ...process.env, USBMUXD_SOCKET_ADDRESS: muxd.address },
      pollMs: 100,
    });
    const hub = createDeviceHub({
      transports: [transport],
    });
    const deviceId = `ios:${phone.udid}` as const;
    const opened = await openPushingStudio({ hub, runtime: studio, deviceId, patienceMs: 20_000 });
    await opened.until('ready');
    await (await startMeasuring(opened, deviceId, { photos: 6 })).run();
    const [measured] = await measurements(opened);
    expect(measured).toMatchObject({ deviceId, deviceName: 'Ada’s iPhone', photos: 6 });
    for (const { total, largestDifference } of measured!.models) {
      expect(total).toBe(6);
      if (mistake) expect(largestDifference).toBeGreaterThan(0.1);
      else expect(largestDifference).toBeLessThan(0.01);
    }
    expect(heldIn(join(folder, 'photos'))).toEqual([]);
  });
});
