import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdbTransport } from '@main/platform/devices/adb/adb-transport';
import { createBrowserPhones } from '@main/platform/devices/browser/browser-phones';
import { createDeviceHub } from '@main/platform/devices/device-hub';
import { createCompanionPageService } from '@main/services/companion-page/companion-page-service';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { adbBinary } from '../fakes/android/real-adb';
import { createFakeLogger } from '../fakes/fake-logger';
import { type AndroidLab, openAndroidLab } from '../fixtures/android-phones';

const context = { signal: new AbortController().signal };
const id = 'android:PAGE';

/** Needs a real adb: `npm run setup` installs it on Debian and Ubuntu. */
describe.skipIf(adbBinary === undefined)('the page, opened over the real adb server', () => {
  let lab: AndroidLab;
  beforeAll(async () => {
    lab = await openAndroidLab();
  });
  afterAll(() => lab.dispose());

  async function open() {
    const folder = mkdtempSync(join(tmpdir(), 'pocketlens-page-'));
    mkdirSync(join(folder, 'page'));
    writeFileSync(join(folder, 'page', 'index.html'), '');
    const browsers = createBrowserPhones({
      folder: join(folder, 'phones'),
      pageFolder: join(folder, 'page'),
      log: createFakeLogger(),
      port: 0,
    });
    const phone = await lab.phone({ serial: 'PAGE', apps: [] });
    const transport = createAdbTransport({ server: lab.server, pollMs: 100 });
    const hub = createDeviceHub({ transports: [transport, browsers], adb: transport });
    onTestFinished(async () => {
      await hub.dispose();
      rmSync(folder, { recursive: true, force: true });
    });
    await vi.waitFor(
      async () =>
        expect(await hub.list()).toContainEqual(expect.objectContaining({ id, state: 'ready' })),
      { timeout: 30_000 },
    );
    const events: string[] = [];
    const { handlers } = createCompanionPageService({
      browsers,
      hub,
      emit: (name) => void events.push(name),
    });
    return { phone, handlers, browsers, events };
  }

  it('turns the page on, lets the phone reach it, and hands its browser a code that pairs', async () => {
    const { phone, handlers, browsers, events } = await open();
    await handlers['companionPage.openOnPhone']({ deviceId: id }, context);
    const { port, isOn, wifi } = browsers.state();
    expect({ isOn, wifi }).toEqual({ isOn: true, wifi: false });
    expect(phone.reversed).toEqual([`tcp:${port};tcp:${port}`]);
    const intent = readFileSync(phone.files.local('/data/intents'), 'utf8');
    const url = /-a android\.intent\.action\.VIEW -d (\S+)/.exec(intent)?.[1] ?? '';
    expect(url).toMatch(new RegExp(`^http://localhost:${port}/#pair=`));
    const origin = `http://localhost:${port}`;
    const answer = await fetch(`http://127.0.0.1:${port}/pair`, {
      method: 'POST',
      headers: { origin: `http://127.0.0.1:${port}` },
      body: JSON.stringify({ token: url.replace(`${origin}/#pair=`, ''), name: 'Pixel 8' }),
    });
    expect(answer.status).toBe(201);
    expect(browsers.state().phones).toMatchObject([{ name: 'Pixel 8', isConnected: false }]);
    expect(events).toContain('companionPage.changed');
  });

  it('is refused for what is no Android phone', async () => {
    const { handlers } = await open();
    const openOn = handlers['companionPage.openOnPhone'];
    await expect(openOn({ deviceId: 'browser:0011' }, context)).rejects.toMatchObject({
      code: 'bad-request',
    });
  });
});
