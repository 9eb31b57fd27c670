import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createIosTransport } from '../../src/main/platform/devices/ios/ios-transport';
import { companionApp } from '../../src/shared/domain/companion-protocol';
import { createIphone } from '../../tests/fakes/iphone/iphone';
import { startUsbmuxd } from '../../tests/fakes/iphone/usbmuxd';
import { type FaultSet, full, unplugged } from './faulty-phone';

const idleMs = 10_000;
const disk = 1 << 28;

/** An iPhone behind the real libimobiledevice, and what may happen to it. @param processFile built. */
export async function openIphoneFaults(folder: string, processFile: string): Promise<FaultSet> {
  const muxd = await startUsbmuxd();
  const { appId: bundleId } = companionApp;
  const shared = [{ bundleId, fileSharing: true }];
  const phone = createIphone({ folder: join(folder, 'disk'), apps: shared });
  const documents = join(phone.folder, 'Containers', bundleId, 'Documents');
  mkdirSync(documents, { recursive: true });
  muxd.plugIn(phone);
  const transport = createIosTransport({
    processFile,
    platform: process.platform,
    environment: { ...process.env, USBMUXD_SOCKET_ADDRESS: muxd.address },
    idleMs,
    pollMs: 100,
  });
  const again = () => {
    muxd.pull(phone);
    muxd.plugIn(phone);
  };
  /** Unplugged and plugged in again, and something else is no longer as it was. */
  const pulledAnd = (change: () => void) => () => {
    change();
    again();
  };
  /** Unplugged until the studio has seen it: who said no is asked again only then. */
  const accept = async () => {
    phone.trust = 'accepts';
    muxd.pull(phone);
    await transport.list();
    muxd.plugIn(phone);
  };

  return {
    phone: {
      transport,
      models: join(documents, companionApp.folder),
      disk: phone.folder,
      received: () => muxd.received(phone),
      after: (bytes, strike) => muxd.after(phone, bytes, strike),
      reconnect: () => Promise.resolve(),
      async dispose() {
        await transport.dispose();
        await muxd.dispose();
      },
    },
    faults: [
      {
        name: 'not trusted',
        breaks: [unplugged],
        refused: { says: /asks whether to trust|does not trust|no longer knows/, remedy: /Trust/ },
        strike: () =>
          pulledAnd(() => {
            phone.revoke();
            muxd.records.clear();
          }),
        repair: accept,
      },
      {
        name: 'locked',
        breaks: [unplugged],
        refused: { says: /is locked/, remedy: /Unlock/ },
        strike: () =>
          pulledAnd(() => {
            phone.isLocked = true;
          }),
        repair() {
          phone.isLocked = false;
        },
      },
      {
        name: 'denied',
        breaks: [unplugged],
        refused: { says: /told not to trust/, remedy: /Trust/ },
        strike: () =>
          pulledAnd(() => {
            phone.revoke();
            muxd.records.clear();
            phone.trust = 'denies';
          }),
        repair: accept,
      },
      {
        name: 'revoked',
        breaks: [unplugged],
        refused: { says: /no longer knows this computer|asks whether to trust/, remedy: /Trust/ },
        strike: () => pulledAnd(() => phone.revoke()),
        repair: accept,
      },
      {
        name: 'app without file sharing',
        breaks: [{ says: /does not share its files/, remedy: /UIFileSharingEnabled/ }],
        refused: { says: /does not share its files/, remedy: /UIFileSharingEnabled/ },
        // What is open stays open, as on a real one.
        strike: () => () => {
          phone.apps = [{ bundleId, fileSharing: false }];
        },
        repair() {
          phone.apps = shared;
        },
      },
      {
        name: 'no space',
        breaks: [full],
        refused: full,
        strike: (share) => () => {
          phone.capacity = Math.floor(share * 400_000);
        },
        repair() {
          phone.capacity = disk;
        },
      },
      {
        name: 'pulled',
        breaks: [unplugged],
        refused: unplugged,
        strike: () => () => muxd.pull(phone),
        repair: () => muxd.plugIn(phone),
      },
      {
        name: 'stalled',
        breaks: [{ says: /has not answered for \d+ second/, remedy: /plug it in again/ }],
        strike: () => 'stall',
        repair: again,
      },
    ],
  };
}
