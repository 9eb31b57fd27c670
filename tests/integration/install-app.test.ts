import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdbTransport } from '@main/platform/devices/adb/adb-transport';
import { installCompanion } from '@main/services/deploy/phones/install-companion';
import { hashFiles } from '@main/workers/hash-files';
import { companionApp } from '@shared/domain/companion-protocol';
import { companionTarget } from '@shared/domain/deployment';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { adbBinary } from '../fakes/android/real-adb';
import { createFakeJobs } from '../fakes/fake-jobs';
import { createFakeProject } from '../fakes/fake-project';
import { type AndroidLab, openAndroidLab } from '../fixtures/android-phones';

const { appId } = companionApp;
const id = 'android:SIM';
const unhurried = { signal: new AbortController().signal };
const source = (text: string) => {
  const content = Buffer.from(text);
  return { content, sha256: createHash('sha256').update(content).digest('hex') };
};

/** Needs a real adb: `npm run setup` installs it on Debian and Ubuntu. */
describe.skipIf(adbBinary === undefined)('an app, put on a phone over the real adb server', () => {
  let lab: AndroidLab;
  beforeAll(async () => {
    lab = await openAndroidLab();
  });
  afterAll(() => lab.dispose());

  async function ready() {
    const phone = await lab.phone({ serial: 'SIM', apps: [] });
    const transport = createAdbTransport({ server: lab.server, pollMs: 100 });
    onTestFinished(() => transport.dispose());
    await vi.waitFor(
      async () =>
        expect(await transport.list()).toContainEqual(
          expect.objectContaining({ id, state: 'ready' }),
        ),
      { timeout: 30_000 },
    );
    const install = (text: string, signal = unhurried.signal) =>
      transport.install!(id, appId, source(text), { signal });
    const sent = () => readdirSync(phone.files.local('/data/local/tmp'));
    const held = phone.files.local(`/data/app/${appId}/base.apk`);
    return { phone, transport, install, sent, held };
  }

  it('is there, is updated, and is not sent when the phone has it', async () => {
    const { transport, install, sent, held } = await ready();
    expect(await install('first version')).toBe('installed');
    expect(readFileSync(held, 'utf8')).toBe('first version');
    expect(await transport.appPresence(id, appId)).toBe('never-started');
    expect(await install('first version')).toBe('current');
    expect(await install('second version')).toBe('installed');
    expect(readFileSync(held, 'utf8')).toBe('second version');
    expect(sent()).toEqual([]);
  });

  it.each([
    [
      'INSTALL_FAILED_USER_RESTRICTED: Install canceled by user',
      'device-refused',
      'Install via USB',
    ],
    ['INSTALL_FAILED_VERIFICATION_FAILURE', 'device-refused', 'Install anyway'],
    ['INSTALL_FAILED_INSUFFICIENT_STORAGE', 'no-space', 'Free some space'],
    ['INSTALL_FAILED_UPDATE_INCOMPATIBLE: signatures do not match', 'device-refused', 'Remove it'],
    ['INSTALL_FAILED_VERSION_DOWNGRADE', 'device-refused', 'Update Pocketlens Studio'],
    ['INSTALL_FAILED_NO_MATCHING_ABIS', 'device-refused', 'Android 7'],
    ['INSTALL_FAILED_OF_TOMORROW', 'device-refused', 'Unlock the phone'],
  ])('that the phone refuses with %s says what to do', async (said, code, remedy) => {
    const { phone, install, sent, held } = await ready();
    phone.files.faults.installProblem = said;
    await expect(install('an app')).rejects.toMatchObject({
      code,
      message: expect.stringContaining(said),
      remedy: expect.stringContaining(remedy),
    });
    expect(existsSync(held)).toBe(false);
    expect(sent()).toEqual([]);
  });

  it('is not put there when that is cancelled', async () => {
    const { install, held } = await ready();
    const cancelled = AbortSignal.abort();
    await expect(install('an app', cancelled)).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(held)).toBe(false);
  });

  /** As a push does it before anything else. */
  function start(
    transport: Parameters<typeof installCompanion>[1],
    { isBuilt = true, target = companionTarget } = {},
  ) {
    const { context, folder } = createFakeProject({ 'hash-files': hashFiles });
    const apk = join(folder, 'companion.apk');
    if (isBuilt) writeFileSync(apk, 'an app');
    const jobs = createFakeJobs();
    jobs.register('push', {
      resumable: true,
      run: async (_, job) => {
        await installCompanion(context, transport, { deviceId: id, target, apk, job });
        return {};
      },
    });
    jobs.start('push', 'Push', {});
    return jobs.last().run();
  }

  it('of the studio is started once, so that its folder is there', async () => {
    const { transport } = await ready();
    await start(transport);
    expect(await transport.appPresence(id, appId)).toBe('ready');
  });

  it('that is not built yet says how', async () => {
    const { transport } = await ready();
    await expect(start(transport, { isBuilt: false })).rejects.toMatchObject({
      code: 'tool-missing',
      remedy: expect.stringContaining('companion:android'),
    });
  });

  it('of somebody else is not the studio’s to install', async () => {
    const { transport } = await ready();
    const target = { ...companionTarget, id: 'target-1', name: 'Flowers' };
    await expect(start(transport, { target })).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('is refused for phones that take none', async () => {
    const { transport } = await ready();
    const other = { ...transport, install: undefined };
    await expect(start(other)).rejects.toMatchObject({ code: 'bad-request' });
  });
});
