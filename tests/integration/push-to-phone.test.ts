import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { createAdbTransport } from '@main/platform/devices/adb/adb-transport';
import { createDeviceHub } from '@main/platform/devices/device-hub';
import { companionApp, companionManifestSchema } from '@shared/domain/companion-protocol';
import type { Deployment } from '@shared/domain/deployment';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AndroidPhone, AndroidPhoneOptions } from '../fakes/android/android-phone';
import { adbBinary } from '../fakes/android/real-adb';
import { startReferenceCompanion } from '../fakes/reference-companion';
import { type AndroidLab, openAndroidLab } from '../fixtures/android-phones';
import { expectMistakesNamed } from '../fixtures/mistaken-app';
import { openPushingStudio } from '../fixtures/pushing-studio';
import { smallLabels } from '../fixtures/small-classifier';

const folderThere = `/sdcard/Android/data/${companionApp.appId}/files/${companionApp.folder}`;
const context = { signal: new AbortController().signal };
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What happens to a phone while it is pushed to, and what the push says of it. */
const faults: readonly { named: string; code: string; strike(phone: AndroidPhone): void }[] = [
  { named: 'pulled out', code: 'device-gone', strike: (phone) => phone.after(6_000, 'cut') },
  { named: 'frozen', code: 'device-stalled', strike: (phone) => phone.after(6_000, 'stall') },
  { named: 'full', code: 'no-space', strike: ({ files }) => (files.capacity = 0) },
  {
    named: 'closed',
    code: 'device-refused',
    strike: ({ files }) => (files.faults = { denyApps: true }),
  },
  {
    named: 'damaging what it gets',
    code: 'hash-mismatch',
    strike: ({ files }) => (files.faults = { corrupts: true }),
  },
];

/** Needs a real adb: `npm run setup` installs it on Debian and Ubuntu. */
describe.skipIf(adbBinary === undefined)('a push to a phone', () => {
  let lab: AndroidLab;
  let studio: Runtime;
  let runtime: Runtime;
  beforeAll(async () => {
    lab = await openAndroidLab();
    studio = await createWasmRuntime();
    runtime = await createWasmRuntime();
  });
  afterAll(async () => {
    await Promise.all([studio.dispose(), runtime.dispose()]);
    await lab.dispose();
  });

  function open({ patienceMs = 10_000, idleMs = 10_000, pollMs = 100 } = {}) {
    const transport = createAdbTransport({ server: lab.server, idleMs, pollMs });
    const hub = createDeviceHub({ transports: [transport], adb: transport });
    return openPushingStudio({ hub, runtime: studio, deviceId: 'android:SIM', patienceMs });
  }

  async function phone(options: Partial<AndroidPhoneOptions> = {}) {
    const made = await lab.phone({ serial: 'SIM', apps: [companionApp.appId], ...options });
    const folder = made.files.local(folderThere);
    mkdirSync(folder, { recursive: true });
    return { made, folder };
  }

  async function withApp() {
    const { made, folder } = await phone();
    const companion = startReferenceCompanion(folder, runtime);
    onTestFinished(() => companion.stop());
    return { made, folder, companion };
  }

  const manifestOf = (made: AndroidPhone) =>
    companionManifestSchema.parse(
      JSON.parse(readFileSync(made.files.local(`${folderThere}/manifest.json`), 'utf8')),
    );
  const leftovers = (made: AndroidPhone) =>
    ['/data/local/tmp', folderThere, `${folderThere}/golden`].flatMap((path) =>
      readdirSync(made.files.local(path)).filter((name) => name.endsWith('.part')),
    );

  it('is checked when the phone answers golden photos as the desktop does', async () => {
    const { made, companion } = await withApp();
    const { push, models, until, events } = await open();
    await until('ready');
    const deployment = await push(['model-1', 'model-2']);
    expect(deployment).toMatchObject({
      deviceId: 'android:SIM',
      deviceName: 'Google Pixel 8',
      state: 'checked',
      by: expect.any(String),
      check: { photos: 6 },
    });
    expect(deployment.check?.bound).toBeGreaterThanOrEqual(0.01);
    expect(deployment.check?.bound).toBeLessThanOrEqual(0.05);
    const [first, second] = deployment.check!.outcomes;
    for (const outcome of [first!, second!]) {
      expect(outcome).toMatchObject({ outcome: 'same', sameAnswers: 6, mistakes: [] });
      expect(outcome.largestDifference).toBeLessThan(0.01);
      expect(outcome.runtime).toContain('LiteRT');
    }
    const manifest = manifestOf(made);
    expect(manifest.active).toBe(models.get('model-1').sha256);
    expect(manifest.models).toHaveLength(2);
    expect(companion.running).toBe(manifest.active);
    expect(leftovers(made)).toEqual([]);
    expect(events).toContain('deploy.changed');
  });

  it('to an app with a mistake is wrong, and names it', async () => {
    const { companion } = await withApp();
    const { push, until } = await open();
    await until('ready');
    await expectMistakesNamed(companion, () => push(['model-1']));
  });

  it('to an app that does not answer says so, and the files are there', async () => {
    const { made } = await phone();
    const { push, until, models } = await open({ patienceMs: 300 });
    await until('ready');
    expect(await push(['model-1'])).toMatchObject({ state: 'unanswered' });
    const { active } = manifestOf(made);
    expect(active).toBe(models.get('model-1').sha256);
    expect(digest(readFileSync(made.files.local(`${folderThere}/${active}.tflite`)))).toBe(active);
  });

  it('keeps the model before it, cleans up older ones, and rolls back in one go', async () => {
    const { companion, folder } = await withApp();
    const { push, handlers, jobs, until, deployments, models } = await open();
    await until('ready');
    const hashes = ['model-1', 'model-2', 'model-3'].map((id) => models.get(id).sha256);
    for (const id of ['model-1', 'model-2', 'model-3']) await push([id]);
    const there = () => readdirSync(folder).filter((name) => name.endsWith('.tflite'));
    expect(there().sort()).toEqual(
      hashes
        .slice(1)
        .map((hash) => `${hash}.tflite`)
        .sort(),
    );

    const target = { deviceId: 'android:SIM', targetId: 'companion' };
    const back = async (): Promise<Deployment> => {
      await handlers['deploy.rollBack'](target, context);
      await jobs.last().run();
      return (await deployments())[0]!;
    };
    expect(await back()).toMatchObject({
      state: 'checked',
      restores: 'push-2',
      models: [{ modelId: 'model-2' }],
    });
    expect(companion.running).toBe(hashes[1]);
    expect(await back()).toMatchObject({ restores: 'push-1', models: [{ modelId: 'model-1' }] });
    expect(companion.running).toBe(hashes[0]);
    expect(() => handlers['deploy.rollBack'](target, context)).toThrow('nothing to go back to');
  });

  it('that fails leaves what the phone ran, and the next push is whole', async () => {
    const { made } = await withApp();
    const { push, until, models, deployments, hub } = await open({ idleMs: 1_200 });
    await until('ready');
    await push(['model-1']);
    let ran = 'model-1';
    for (const { named, code, strike } of faults) {
      // The one before the last is not there any more, so that it has to be sent.
      const next = `model-${(Number(ran.at(-1)) % 3) + 1}`;
      const pushed = await deployments();
      strike(made);
      const outcome = { code, remedy: expect.any(String) };
      await expect(push([next]), named).rejects.toMatchObject(outcome);
      const { active } = manifestOf(made);
      expect(active, named).toBe(models.get(ran).sha256);
      const held = readFileSync(made.files.local(`${folderThere}/${active}.tflite`));
      expect(digest(held), named).toBe(active);
      expect(await deployments(), named).toEqual(pushed);

      made.files.capacity = 1 << 30;
      made.files.faults = {};
      if (code === 'device-gone' || code === 'device-stalled') {
        made.plugIn();
        await lab.adb.disconnect(made.address);
        await lab.adb.connect(made.address);
        await vi.waitFor(async () => expect((await hub.list())[0]?.state).toBe('ready'), 30_000);
      }
      expect(await push([next]), named).toMatchObject({ state: 'checked' });
      expect(leftovers(made), named).toEqual([]);
      ran = next;
    }
  });

  it('that is cancelled leaves what it ran', async () => {
    const { made } = await withApp();
    const { push, handlers, jobs, until, models } = await open();
    await until('ready');
    await push(['model-1']);
    made.delayMs = 15;
    const deviceIds = ['android:SIM'];
    const asked = { modelIds: ['model-2'], deviceIds, targetId: 'companion' };
    await handlers['deploy.push'](asked, context);
    await expect(Promise.resolve(handlers['deploy.push'](asked, context))).rejects.toMatchObject({
      code: 'busy',
    });
    const job = jobs.last();
    const ran = job.run();
    await vi.waitFor(() => expect(job.done).toBeGreaterThan(0), { timeout: 30_000 });
    job.cancel();
    await expect(ran).rejects.toMatchObject({ code: 'cancelled' });
    made.delayMs = 0;
    expect(manifestOf(made).active).toBe(models.get('model-1').sha256);
  });

  it('goes to an own app or a plain folder under own names, without being checked', async () => {
    const { made } = await phone();
    const { handlers, push, until, models } = await open();
    await until('ready');
    const { target } = await handlers['deploy.saveTarget'](
      {
        name: 'Downloads',
        place: { kind: 'folder', path: '/sdcard/Download/flowers' },
        speaksProtocol: false,
        modelFile: 'flowers-{precision}.tflite',
        labelsFile: 'labels.txt',
      },
      context,
    );
    expect(await push(['model-1'], { targetId: target.id })).toMatchObject({ state: 'copied' });
    const there = (name: string) =>
      readFileSync(made.files.local(`/sdcard/Download/flowers/${name}`));
    expect(digest(there('flowers-float32.tflite'))).toBe(models.get('model-1').sha256);
    expect(there('labels.txt').toString()).toBe(smallLabels.map((label) => `${label}\n`).join(''));
  });

  it.each([
    ['not installed', 'no apps', { apps: [] }],
    ['never started', 'Open it once', { apps: [], newApps: [companionApp.appId] }],
  ])('to an app that is %s says what to do', async (_, __, options) => {
    await lab.phone({ serial: 'SIM', ...options });
    const { push, until } = await open();
    await until('ready');
    await expect(push(['model-1'])).rejects.toMatchObject({ code: 'app-missing' });
  });

  it('installs the companion first when asked to, and starts it once', async () => {
    const made = await lab.phone({ serial: 'SIM', apps: [] });
    const { handlers, jobs, until, deployments, apk } = await open({ patienceMs: 300 });
    await until('ready');
    const asked = { modelIds: ['model-1'], deviceIds: ['android:SIM'], targetId: 'companion' };
    await handlers['deploy.push']({ ...asked, installApp: true }, context);
    await jobs.last().run();
    expect((await deployments())[0]).toMatchObject({ state: 'unanswered' });
    const there = made.files.local(`/data/app/${companionApp.appId}/base.apk`);
    expect(readFileSync(there)).toEqual(readFileSync(apk));
    expect(readdirSync(made.files.local('/data/local/tmp'))).toEqual([]);
  });

  it('to a phone that is not there is refused at once', async () => {
    const { push } = await open();
    await expect(push(['model-1'], { deviceIds: ['android:NO'] })).rejects.toMatchObject({
      code: 'device-gone',
    });
  });
});
