import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createAdbServer } from '../../src/main/platform/devices/adb/adb-server';
import { createAdbTransport } from '../../src/main/platform/devices/adb/adb-transport';
import { companionApp } from '../../src/shared/domain/companion-protocol';
import { startAndroidPhone } from '../../tests/fakes/android/android-phone';
import { startRealAdb } from '../../tests/fakes/android/real-adb';
import { type FaultSet, full, unplugged } from './faulty-phone';

const idleMs = 3_000;
const disk = 1 << 28;

/** An Android phone behind the real adb server, and what may happen to it. */
export async function openAndroidFaults(folder: string): Promise<FaultSet> {
  mkdirSync(folder, { recursive: true });
  const adb = await startRealAdb(folder);
  const { appId } = companionApp;
  const phone = await startAndroidPhone({ folder: join(folder, 'disk'), apps: [appId] });
  const server = createAdbServer({
    platform: process.platform,
    environment: adb.environment,
    home: folder,
  });
  const transport = createAdbTransport({ server, idleMs });
  const { files } = phone;
  const reconnect = async () => {
    await adb.disconnect(phone.address);
    await adb.connect(phone.address);
  };
  await reconnect();

  return {
    phone: {
      transport,
      models: files.local(`/sdcard/Android/data/${appId}/files/${companionApp.folder}`),
      disk: files.root,
      received: () => phone.received,
      after: phone.after,
      reconnect,
      async dispose() {
        await transport.dispose();
        await phone.dispose();
        await adb.stop();
      },
    },
    faults: [
      {
        name: 'unauthorized, then accepted',
        breaks: [unplugged, { says: /not allowed|asks whether/, remedy: /Allow/ }],
        refused: {
          says: /asks whether this computer may|not allowed this computer/,
          remedy: /Allow/,
        },
        strike: () => phone.forget,
        repair: phone.accept,
      },
      {
        name: 'offline',
        breaks: [unplugged],
        refused: { says: /does not answer|not connected/, remedy: /Unlock|Plug/i },
        strike: () => () => {
          phone.pull();
          phone.plugIn();
          phone.isMute = true;
        },
        repair() {
          phone.isMute = false;
          phone.plugIn();
        },
      },
      {
        name: 'pulled',
        breaks: [unplugged],
        refused: unplugged,
        strike: () => phone.pull,
        isAway: true,
        repair: phone.plugIn,
      },
      {
        name: 'stalled',
        breaks: [{ says: /has not answered for \d+ second/, remedy: /plug it in again/ }],
        refused: {
          says: /does not answer|has not answered/,
          remedy: /plug it in again|plug in again/,
        },
        strike: () => 'stall',
        repair: phone.plugIn,
      },
      {
        name: 'no space',
        breaks: [full],
        refused: full,
        // Others fill it: all, or so that a part of the push still fits.
        strike: (share) => () => {
          files.capacity -= Math.max(0, files.freeBytes() - Math.floor(share * 200_000));
        },
        repair() {
          files.capacity = disk;
        },
      },
      {
        name: 'permission denied',
        breaks: [{ says: /does not let files be written/, remedy: /plain folder/ }],
        refused: { says: /does not let files be written/, remedy: /plain folder/ },
        strike: (share) => () => {
          files.faults = { denyApps: true, denyStaging: share < 0.5 };
        },
        repair() {
          files.faults = {};
        },
      },
      {
        name: 'app removed',
        breaks: [{ says: /gone from the phone|is not installed/, remedy: /Install/ }],
        refused: { says: /app .* is not installed/, remedy: /Install/ },
        strike: () => () => phone.uninstall(appId),
        takesApp: true,
        repair: () => phone.startApp(appId),
      },
      {
        name: 'slow',
        strike: (share) => () => {
          phone.delayMs = 2 + Math.floor(share * 15);
        },
        repair() {
          phone.delayMs = 0;
        },
      },
      {
        name: 'wrong hash',
        breaks: [{ says: /holds other bytes/, remedy: /another cable/ }],
        refused: { says: /holds other bytes/, remedy: /another cable/ },
        strike: () => () => {
          files.faults = { corrupts: true };
        },
        repair() {
          files.faults = {};
        },
      },
    ],
  };
}
