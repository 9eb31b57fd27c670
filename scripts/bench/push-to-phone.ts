import { type ChildProcess, fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pushFile } from '../../src/main/platform/devices/adb/adb-push';
import { createAdbServer } from '../../src/main/platform/devices/adb/adb-server';
import { createAdbTransport } from '../../src/main/platform/devices/adb/adb-transport';
import { adbBinary, type RealAdb, startRealAdb } from '../../tests/fakes/android/real-adb';
import { round, timed, watchMemory } from './stopwatch';

const bytes = 100_000_000;
const place = { kind: 'folder', path: '/sdcard/Download/bench' } as const;
const idleMs = 60_000;
const unhurried = { signal: new AbortController().signal };

/**
 * A large file through the real adb server to a pretended phone: by `adb push`, by our transport to the
 * same place, and as a push does it, which also has the phone copy, hash and rename the file.
 * @param folder a new one; @param runs how often, in turns. undefined where there is no adb.
 */
export async function benchPushToPhone(folder: string, runs: number) {
  if (adbBinary === undefined) return undefined;
  const disk = join(folder, 'phone');
  await mkdir(disk, { recursive: true });
  const adb = await startRealAdb(folder);
  const phone = fork(fileURLToPath(new URL('./simulated-phone.ts', import.meta.url)), [disk]);
  try {
    return await measure(folder, adb, phone, runs);
  } finally {
    phone.disconnect();
    await adb.stop();
  }
}

async function measure(folder: string, adb: RealAdb, phone: ChildProcess, runs: number) {
  const [address] = (await once(phone, 'message')) as [string];
  await adb.connect(address);
  const content = randomBytes(bytes);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const path = join(folder, 'model.tflite');
  await writeFile(path, content);
  const source = { path, bytes, sha256 };
  const environment = { ...process.env, ...adb.environment };
  const server = createAdbServer({ platform: process.platform, environment, home: folder });
  const transport = createAdbTransport({ server, idleMs });
  const id = (await transport.list())[0]?.id ?? 'android:none';
  const target = await transport.openFolder(id, place);
  const directly = () => adb.command('-s', address, 'push', path, '/data/local/tmp/direct');
  const sending = { ...unhurried, idleMs };

  // Once before: connections, code and the phone's disk are warm then.
  await pushFile(server, address, source, '/data/local/tmp/ours', sending);
  const idle = process.memoryUsage.rss() / 1_048_576;
  const stopWatching = watchMemory(10);
  const each: { adbPushMs: number; sendingMs: number; wholePutMs: number }[] = [];
  for (let run = 0; run < runs; run++) {
    // As adb itself says it: without the start of its program.
    const said = / in ([\d.]+)s\)/.exec(await directly())?.[1];
    const sent = await timed(() =>
      pushFile(server, address, source, '/data/local/tmp/ours', sending),
    );
    const whole = await timed(() => target.put('model.tflite', source, unhurried));
    await target.remove('model.tflite');
    each.push({ adbPushMs: round(Number(said) * 1000), sendingMs: sent.ms, wholePutMs: whole.ms });
  }
  const peak = stopWatching();
  await transport.dispose();
  const sum = (of: (run: (typeof each)[number]) => number) =>
    each.reduce((total, run) => total + of(run), 0);
  const ratios = each.map(({ adbPushMs, sendingMs }) => adbPushMs / sendingMs);
  return {
    megabytes: bytes / 1e6,
    runs: each,
    /** Rate of ours over that of `adb push`: of all runs, and in the worst of them. */
    ratio: hundredths(sum(({ adbPushMs }) => adbPushMs) / sum(({ sendingMs }) => sendingMs)),
    lowestRatio: hundredths(Math.min(...ratios)),
    /** The same with the copy, the hash and the rename on the phone, which `adb push` leaves out. */
    wholeRatio: hundredths(sum(({ adbPushMs }) => adbPushMs) / sum(({ wholePutMs }) => wholePutMs)),
    memoryAboveIdleMegabytes: round(Math.max(0, peak - idle)),
  };
}

const hundredths = (value: number) => Math.round(value * 100) / 100;
