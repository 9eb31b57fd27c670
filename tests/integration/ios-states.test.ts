import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Device } from '@shared/domain/device';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { IphoneOptions } from '../fakes/iphone/iphone';
import { hasIosLibrary } from '../fakes/iphone/real-libimobiledevice';
import { iosTransports } from '../fixtures/ios-transports';
import { temporaryFolder } from '../fixtures/temporary-folder';

const { start, processFile } = iosTransports();

describe.skipIf(!hasIosLibrary())('the process that looks for iPhones', () => {
  /** Notes each process that starts, and is the real one then. */
  function counted() {
    const folder = temporaryFolder();
    const [file, log] = [join(folder, 'process.mjs'), join(folder, 'pids')];
    writeFileSync(log, '');
    writeFileSync(
      file,
      `import { appendFileSync } from 'node:fs';
       appendFileSync(${JSON.stringify(log)}, process.pid + '\\n');
       await import(${JSON.stringify(pathToFileURL(processFile()).href)});`,
    );
    const pids = () => readFileSync(log, 'utf8').split('\n').filter(Boolean).map(Number);
    return { file, pids };
  }

  function isAlive(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }

  it('is one, however many ask at the same moment, and ends with the studio', async () => {
    const { file, pids } = counted();
    const { transport, id } = await start({}, { processFile: file });
    const seen: Device[][] = [];
    const stop = transport.watch((devices) => seen.push(devices));
    onTestFinished(stop);
    const [tool, listed] = await Promise.all([transport.tool(), transport.list()]);
    expect(tool).toMatchObject({ state: 'ready' });
    expect(listed).toMatchObject([{ id }]);
    await vi.waitFor(() => expect(seen.at(-1)).toMatchObject([{ id }]), { timeout: 30_000 });
    expect(pids()).toHaveLength(1);
    await transport.dispose();
    await vi.waitFor(() => expect(pids().filter(isAlive)).toEqual([]), { timeout: 30_000 });
  });

  it('is not started any more once the studio ends', async () => {
    const { file, pids } = counted();
    const { transport } = await start({}, { processFile: file });
    await transport.dispose();
    expect(await transport.list()).toEqual([]);
    expect(pids()).toEqual([]);
  });
});

describe.skipIf(!hasIosLibrary())('trust between an iPhone and this computer', () => {
  async function watched(options: Partial<IphoneOptions>) {
    const started = await start(options);
    const seen: string[] = [];
    const stop = started.transport.watch((devices: Device[]) =>
      seen.push(devices.map(({ state }) => state).join()),
    );
    onTestFinished(stop);
    const until = (state: string) =>
      vi.waitFor(() => expect(seen.at(-1)).toBe(state), { timeout: 30_000 });
    return { ...started, until };
  }

  it('is seen without anybody asking: dialog open, accepted, revoked, repaired, pulled', async () => {
    const { phone, until, lab } = await watched({ trust: 'asks' });
    await until('trust-pending');
    phone.trust = 'accepts';
    await until('ready');
    phone.revoke();
    // Plugged in again: a change that the service tells of.
    lab.muxd.pull(phone);
    await until('');
    lab.muxd.plugIn(phone);
    await until('trust-revoked');
    phone.trust = 'accepts';
    await until('ready');
  });

  it('is not asked for again after it was denied, until the phone is plugged in again', async () => {
    const { phone, until, lab } = await watched({ trust: 'denies' });
    await until('trust-denied');
    phone.trust = 'accepts';
    lab.muxd.pull(phone);
    await until('');
    lab.muxd.plugIn(phone);
    await until('ready');
  });

  it('waits for a locked phone', async () => {
    const { phone, until } = await watched({ isLocked: true });
    await until('locked');
    phone.isLocked = false;
    await until('ready');
  });
});
