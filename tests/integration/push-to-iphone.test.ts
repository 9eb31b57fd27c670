import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { createDeviceHub } from '@main/platform/devices/device-hub';
import { createIosTransport } from '@main/platform/devices/ios/ios-transport';
import { companionApp, companionManifestSchema } from '@shared/domain/companion-protocol';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasIosLibrary } from '../fakes/iphone/real-libimobiledevice';
import { startReferenceCompanion } from '../fakes/reference-companion';
import { buildIphoneProcess, openIphoneLab } from '../fixtures/iphones';
import { expectMistakesNamed } from '../fixtures/mistaken-app';
import { openPushingStudio } from '../fixtures/pushing-studio';

const context = { signal: new AbortController().signal };
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Needs libimobiledevice: `npm run setup` installs it on Debian and Ubuntu. */
describe.skipIf(!hasIosLibrary())('a push to an iPhone', () => {
  let iphoneProcess: Awaited<ReturnType<typeof buildIphoneProcess>>;
  let studio: Runtime;
  let runtime: Runtime;
  beforeAll(async () => {
    iphoneProcess = await buildIphoneProcess();
    studio = await createWasmRuntime();
    runtime = await createWasmRuntime();
  });
  afterAll(async () => {
    await Promise.all([studio.dispose(), runtime.dispose()]);
    iphoneProcess.remove();
  });

  async function open() {
    const lab = await openIphoneLab();
    const phone = lab.phone({ apps: [{ bundleId: companionApp.appId, fileSharing: true }] });
    const { appId, folder: name } = companionApp;
    const folder = join(phone.folder, 'Containers', appId, 'Documents', name);
    mkdirSync(folder, { recursive: true });
    const companion = startReferenceCompanion(folder, runtime);
    onTestFinished(() => companion.stop());
    const transport = createIosTransport({
      processFile: iphoneProcess.file,
      platform: process.platform,
      environment: { ...process.env, USBMUXD_SOCKET_ADDRESS: lab.muxd.address },
      pollMs: 100,
    });
    const hub = createDeviceHub({
      transports: [transport],
    });
    const deviceId = `ios:${phone.udid}` as const;
    const opened = await openPushingStudio({ hub, runtime: studio, deviceId, patienceMs: 30_000 });
    await opened.until('ready');
    const manifest = () =>
      companionManifestSchema.parse(
        JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')),
      );
    return { ...opened, phone, folder, companion, manifest, deviceId };
  }

  const leftovers = (folder: string) =>
    [folder, join(folder, 'golden')].flatMap((path) =>
      readdirSync(path).filter((name) => name.endsWith('.part')),
    );

  it('is checked when it answers golden photos as the desktop does, and rolls back', async () => {
    const { push, handlers, jobs, deployments, models, companion, folder, manifest, deviceId } =
      await open();
    const [first, second] = ['model-1', 'model-2'].map((id) => models.get(id).sha256);
    expect(await push(['model-1'])).toMatchObject({
      deviceId,
      deviceName: 'Ada’s iPhone',
      state: 'checked',
      check: { photos: 6, outcomes: [{ outcome: 'same', sameAnswers: 6, mistakes: [] }] },
    });
    expect(manifest().active).toBe(first);
    expect(digest(readFileSync(join(folder, `${first}.tflite`)))).toBe(first);
    expect(await push(['model-2'])).toMatchObject({ state: 'checked' });
    expect(companion.running).toBe(second);

    await handlers['deploy.rollBack']({ deviceId, targetId: 'companion' }, context);
    await jobs.last().run();
    expect((await deployments())[0]).toMatchObject({ state: 'checked', restores: 'push-1' });
    expect(companion.running).toBe(first);
    expect(leftovers(folder)).toEqual([]);
  });

  it('whose app has a mistake is wrong, and names it', async () => {
    const { push, companion } = await open();
    await expectMistakesNamed(companion, () => push(['model-1']));
  });

  it('that is full, or whose app shares no files, leaves what it ran', async () => {
    const { push, phone, models, manifest, companion, folder } = await open();
    await push(['model-1']);
    const { capacity } = phone;
    phone.capacity = 0;
    await expect(push(['model-2'])).rejects.toMatchObject({ code: 'no-space' });
    phone.capacity = capacity;
    phone.apps = [{ bundleId: companionApp.appId, fileSharing: false }];
    await expect(push(['model-2'])).rejects.toMatchObject({ remedy: expect.any(String) });
    expect(manifest().active).toBe(models.get('model-1').sha256);
    expect(companion.running).toBe(manifest().active);

    phone.apps = [{ bundleId: companionApp.appId, fileSharing: true }];
    expect(await push(['model-2'])).toMatchObject({ state: 'checked' });
    expect(leftovers(folder)).toEqual([]);
  });
});
