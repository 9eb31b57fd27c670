import { createAdbTransport } from '@main/platform/devices/adb/adb-transport';
import type { Device } from '@shared/domain/device';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { adbBinary } from '../fakes/android/real-adb';
import { openAndroidLab } from '../fixtures/android-phones';

/** Needs a real adb: `npm run setup` installs it on Debian and Ubuntu. */
describe.skipIf(adbBinary === undefined)('the adb server, stopped while phones are watched', () => {
  it('is started again, and a phone over Wi-Fi comes back by itself', async () => {
    const lab = await openAndroidLab();
    const transport = createAdbTransport({ server: lab.server, pollMs: 100, reconnectMs: 200 });
    onTestFinished(async () => {
      await transport.dispose();
      // The server that the studio has started.
      await lab.adb.command('kill-server');
      await lab.dispose();
    });
    const phone = await lab.phone({ serial: 'SIM' });
    await transport.connect(phone.address);
    const seen: string[] = [];
    const watched = transport.watch((devices: Device[]) =>
      seen.push(devices.map(({ id, state }) => `${id} ${state}`).join()),
    );
    onTestFinished(watched);
    const until = (state: string) =>
      vi.waitFor(() => expect(seen.at(-1)).toBe(state), { timeout: 30_000 });
    await until('android:SIM ready');
    const before = seen.length;
    await lab.adb.stop();
    await vi.waitFor(() => expect(seen.slice(before)).toContain(''), { timeout: 30_000 });
    await until('android:SIM ready');
  });
});
