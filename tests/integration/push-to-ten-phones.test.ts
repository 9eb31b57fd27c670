import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { createAdbTransport } from '@main/platform/devices/adb/adb-transport';
import { createDeviceHub } from '@main/platform/devices/device-hub';
import { createIosTransport } from '@main/platform/devices/ios/ios-transport';
import { companionApp, companionManifestSchema } from '@shared/domain/companion-protocol';
import type { DeviceId } from '@shared/domain/device';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { adbBinary } from '../fakes/android/real-adb';
import { hasIosLibrary } from '../fakes/iphone/real-libimobiledevice';
import { startReferenceCompanion } from '../fakes/reference-companion';
import { type AndroidLab, openAndroidLab } from '../fixtures/android-phones';
import { buildIphoneProcess, openIphoneLab } from '../fixtures/iphones';
import { openPushingStudio } from '../fixtures/pushing-studio';

const context = { signal: new AbortController().signal };
const { appId, folder } = companionApp;

/** Needs a real adb and libimobiledevice: `npm run setup` installs them on Debian and Ubuntu. */
describe.skipIf(adbBinary === undefined || !hasIosLibrary())('a push to ten phones', () => {
  let android: AndroidLab;
  let iphoneProcess: Awaited<ReturnType<typeof buildIphoneProcess>>;
  let studio: Runtime;
  let runtime: Runtime;
  beforeAll(async () => {
    android = await openAndroidLab();
    iphoneProcess = await buildIphoneProcess();
    studio = await createWasmRuntime();
    runtime = await createWasmRuntime();
  });
  afterAll(async () => {
    await Promise.all([studio.dispose(), runtime.dispose()]);
    iphoneProcess.remove();
    await android.dispose();
  });

  /** An app that answers, and what its manifest has it run. */
  function withApp(at: string) {
    mkdirSync(at, { recursive: true });
    const companion = startReferenceCompanion(at, runtime);
    onTestFinished(() => companion.stop());
    const active = () =>
      companionManifestSchema.parse(JSON.parse(readFileSync(join(at, 'manifest.json'), 'utf8')))
        .active;
    return { companion, active };
  }

  it('of both kinds at once: one is pulled out in the middle, nine are checked', async () => {
    const iphones = await openIphoneLab();
    const numbers = [1, 2, 3, 4, 5];
    const adb = createAdbTransport({ server: android.server, pollMs: 100 });
    const ios = createIosTransport({
      processFile: iphoneProcess.file,
      platform: process.platform,
      environment: { ...process.env, USBMUXD_SOCKET_ADDRESS: iphones.muxd.address },
      pollMs: 100,
    });
    const hub = createDeviceHub({ transports: [adb, ios], adb });
    const androids = await Promise.all(
      numbers.map((number) => android.phone({ serial: `TEN${number}`, apps: [appId] })),
    );
    const apples = numbers.map(() =>
      iphones.phone({ apps: [{ bundleId: appId, fileSharing: true }] }),
    );
    const apps = new Map<DeviceId, ReturnType<typeof withApp>>();
    androids.forEach((phone, index) => {
      const at = phone.files.local(`/sdcard/Android/data/${appId}/files/${folder}`);
      apps.set(`android:TEN${numbers[index]}`, withApp(at));
    });
    for (const phone of apples) {
      const at = join(phone.folder, 'Containers', appId, 'Documents', folder);
      apps.set(`ios:${phone.udid}`, withApp(at));
    }
    const ids = [...apps.keys()];
    const [pulled, pulledId] = [androids[2]!, ids[2]!];
    const { push, handlers, jobs, models, deployments } = await openPushingStudio({
      hub,
      runtime: studio,
      deviceId: pulledId,
      patienceMs: 60_000,
    });
    const allReady = () =>
      vi.waitFor(
        async () => {
          const ready = (await hub.list()).filter(({ state }) => state === 'ready');
          expect(new Set(ready.map(({ id }) => id))).toEqual(new Set(ids));
        },
        { timeout: 60_000, interval: 200 },
      );
    await allReady();
    const [first, second] = ['model-1', 'model-2'].map((id) => models.get(id).sha256);
    expect(await push(['model-1'])).toMatchObject({ state: 'checked' });

    const before = jobs.started.length;
    pulled.after(6_000, 'cut');
    const asked = { modelIds: ['model-2'], deviceIds: ids, targetId: 'companion' };
    await handlers['deploy.push'](asked, context);
    const ended = await Promise.allSettled(jobs.started.slice(before).map((job) => job.run()));
    expect(ended.map(({ status }) => status)).toEqual(
      ids.map((id) => (id === pulledId ? 'rejected' : 'fulfilled')),
    );
    expect(ended[2]).toMatchObject({
      reason: { code: 'device-gone', remedy: expect.stringContaining('push again') },
    });
    const newest = (await deployments()).filter(
      ({ models: [model] }) => model?.modelId === 'model-2',
    );
    expect(newest.map(({ deviceId }) => deviceId).sort()).toEqual(
      ids.filter((id) => id !== pulledId).sort(),
    );
    expect(new Set(newest.map(({ state }) => state))).toEqual(new Set(['checked']));
    for (const [id, { companion, active }] of apps) {
      expect(active()).toBe(id === pulledId ? first : second);
      expect(companion.running).toBe(active());
    }

    pulled.plugIn();
    await android.adb.disconnect(pulled.address);
    await android.adb.connect(pulled.address);
    await allReady();
    expect(await push(['model-2'])).toMatchObject({ deviceId: pulledId, state: 'checked' });
    expect(apps.get(pulledId)?.companion.running).toBe(second);
  });
});
