import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { adbBinary, type RealAdb, startRealAdb } from '../fakes/android/real-adb';
import { startUsbmuxd, type Usbmuxd } from '../fakes/iphone/usbmuxd';
import { type ReferenceCompanion, startReferenceCompanion } from '../fakes/reference-companion';
import { test as base } from './studio-server';

// A phone is asked again every second or two, and a push waits for answers: on a busy machine that adds up.
export const patient = { timeout: 60_000 };

/** Where pretended phones and what reaches them live, with no phone of this computer among them. */
interface Desk {
  folder: string;
  /** An app on a phone, in a folder of this computer; it ends with the test. */
  companion(folder: string): ReferenceCompanion;
  /** undefined: there is no adb here. */
  adb: RealAdb | undefined;
  muxd: Usbmuxd;
}

/** The studio beside phones. */
export const test = base.extend<{ desk: Desk }>({
  // oxlint-disable-next-line no-empty-pattern
  desk: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'pocketlens-e2e-phones-'));
    const adb = adbBinary === undefined ? undefined : await startRealAdb(folder);
    const muxd = await startUsbmuxd();
    const runtime = await createWasmRuntime();
    const companions: ReferenceCompanion[] = [];
    await use({
      folder,
      adb,
      muxd,
      companion(at) {
        mkdirSync(at, { recursive: true });
        const companion = startReferenceCompanion(at, runtime);
        companions.push(companion);
        return companion;
      },
    });
    await Promise.all(companions.map((companion) => companion.stop()));
    await runtime.dispose();
    await muxd.dispose();
    await adb?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  environment: async ({ desk }, use) => {
    await use({ ...desk.adb?.environment, USBMUXD_SOCKET_ADDRESS: desk.muxd.address });
  },
});
