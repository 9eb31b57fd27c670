import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { createAdbTransport } from '@main/platform/devices/adb/adb-transport';
import { createDeviceHub } from '@main/platform/devices/device-hub';
import type { DeviceTransport } from '@main/platform/devices/device-transport';
import { createIosTransport } from '@main/platform/devices/ios/ios-transport';
import { companionApp } from '@shared/domain/companion-protocol';
import type { DeviceId } from '@shared/domain/device';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { adbBinary } from '../fakes/android/real-adb';
import { hasIosLibrary } from '../fakes/iphone/real-libimobiledevice';
import { type AppMistake, startReferenceCompanion } from '../fakes/reference-companion';
import { openAndroidLab } from '../fixtures/android-phones';
import { articleSubject, hasArticle } from '../fixtures/article-subject';
import { buildIphoneProcess, openIphoneLab } from '../fixtures/iphones';
import { openPushingStudio } from '../fixtures/pushing-studio';
import { temporaryFolder } from '../fixtures/temporary-folder';

/** What an app gets wrong, and what the studio calls it. */
const mistakes: readonly [AppMistake, string][] = [
  ['zero-to-one', 'zero-to-one'],
  ['bgr', 'bgr'],
  ['stretched', 'stretched'],
  ['rotated', 'turned-right'],
];

/** A phone of one kind, the folder of the app on it, and how it is reached. */
interface Reached {
  deviceId: DeviceId;
  folder: string;
  transport: DeviceTransport;
}

/** What an app in use gets wrong with a real model, not one that was made to show it. */
describe.skipIf(!hasArticle)(
  'the model of the article in an app (skipped without POCKETLENS_SEED or ../shared/seed)',
  () => {
    let runtime: Runtime;
    beforeAll(async () => {
      runtime = await createWasmRuntime();
    });
    afterAll(() => runtime.dispose());

    async function checkAll({ deviceId, folder, transport }: Reached): Promise<void> {
      mkdirSync(folder, { recursive: true });
      const companion = startReferenceCompanion(folder, runtime);
      onTestFinished(() => companion.stop());
      const hub = createDeviceHub({ transports: [transport] });
      const subject = await articleSubject(temporaryFolder());
      const patienceMs = 60_000;
      const studio = await openPushingStudio({ hub, runtime, deviceId, patienceMs, subject });
      await studio.until('ready');

      expect(await studio.push(['model-1'])).toMatchObject({ state: 'checked' });
      for (const [mistake, name] of mistakes) {
        companion.mistake = mistake;
        const { state, check } = await studio.push(['model-1']);
        expect(state, mistake).toBe('wrong');
        const [outcome] = check?.outcomes ?? [];
        expect(outcome, mistake).toMatchObject({ outcome: 'different', mistakes: [name] });
      }
      companion.mistake = undefined;
      expect(await studio.push(['model-1'])).toMatchObject({ state: 'checked' });
    }

    it.skipIf(adbBinary === undefined)(
      'on an Android phone: each mistake is named, and none where there is none',
      async () => {
        const lab = await openAndroidLab();
        onTestFinished(() => lab.dispose());
        const { appId, folder } = companionApp;
        const phone = await lab.phone({ serial: 'SIM', apps: [appId] });
        await checkAll({
          deviceId: 'android:SIM',
          folder: phone.files.local(`/sdcard/Android/data/${appId}/files/${folder}`),
          transport: createAdbTransport({ server: lab.server, pollMs: 100 }),
        });
      },
    );

    it.skipIf(!hasIosLibrary())(
      'on an iPhone: each mistake is named, and none where there is none',
      async () => {
        const { file, remove } = await buildIphoneProcess();
        onTestFinished(remove);
        const lab = await openIphoneLab();
        const { appId, folder } = companionApp;
        const phone = lab.phone({ apps: [{ bundleId: appId, fileSharing: true }] });
        await checkAll({
          deviceId: `ios:${phone.udid}`,
          folder: join(phone.folder, 'Containers', appId, 'Documents', folder),
          transport: createIosTransport({
            processFile: file,
            platform: process.platform,
            environment: { ...process.env, USBMUXD_SOCKET_ADDRESS: lab.muxd.address },
            pollMs: 100,
          }),
        });
      },
    );
  },
);
