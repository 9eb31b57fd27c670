import { setTimeout as pause } from 'node:timers/promises';
import { AppError, throwIfCancelled } from '../../../../shared/api/errors';
import type { DeviceFolder } from '../../../platform/devices/device-transport';
import type { JobHandle } from '../../ports';
import { type PushPlan, sourceBytes } from './push-plan';

/** Besides what is sent: a phone with less left is of no use to anybody. */
const spareBytes = 2 << 20;

/** A cable that was shaken, a phone that changed its USB mode: such phones are back within seconds. */
const backWithinMs = [1_000, 3_000];

/**
 * Writes a plan's files in its order, the manifest last. Until a file is whole the one before it
 * stays, and until the manifest is written the phone runs what it ran.
 * @param againAfterMs waits before it is tried again when the connection breaks, in milliseconds.
 */
export async function pushFiles(
  folder: DeviceFolder,
  plan: PushPlan,
  job: JobHandle,
  againAfterMs: readonly number[] = backWithinMs,
): Promise<void> {
  const swept = await folder.sweep();
  if (swept.length > 0) job.log(`Swept up ${swept.length} files of a push that was cut short.`);
  await requireSpace(folder, plan);
  // What is made for this push alone is there in no case.
  const lasting = plan.files.filter(({ source }) => 'path' in source);
  const held = await folder.holds?.(lasting, job.signal);
  const startedAt = Date.now();
  let before = 0;
  job.progress({ done: 0, total: plan.bytes, step: 'Sending' });
  for (const [index, { name, source }] of plan.files.entries()) {
    // What the manifest names must be there still: apps are removed, and cleared, at any moment.
    if (plan.kept && index === plan.files.length - 1) await requireModels(folder, plan);
    const onProgress = (bytes: number) => {
      const done = before + bytes;
      job.progress({ done, step: `Sending · ${formatRate(done, Date.now() - startedAt)}` });
    };
    if (!held?.has(name)) {
      const isNew = held !== undefined;
      const put = () => folder.put(name, source, { signal: job.signal, onProgress, isNew });
      await putAgain({ folder, name, put, job, againAfterMs });
    }
    before += sourceBytes(source);
    job.progress({ done: before });
  }
}

interface PutAgain {
  folder: Pick<DeviceFolder, 'sweep'>;
  name: string;
  put(): Promise<void>;
  job: JobHandle;
  againAfterMs: readonly number[];
}

/**
 * Bytes that arrive changed are worth a second try, and a phone that went away is waited for a moment;
 * all else needs a person first. Each try is whole or nothing, so that another one does no harm.
 */
async function putAgain({ folder, name, put, job, againAfterMs }: PutAgain): Promise<void> {
  const waits = [...againAfterMs];
  let broken: AppError | undefined;
  let isChanged = false;
  for (;;) {
    try {
      if (broken) await folder.sweep();
      return await put();
    } catch (error) {
      const code = error instanceof AppError ? error.code : undefined;
      if (code === 'hash-mismatch' && !isChanged) {
        isChanged = true;
        job.log(`${name} arrived with other bytes than were sent; sending it again.`);
      } else if (error instanceof AppError && code === 'device-gone') {
        broken ??= error;
        const waitMs = waits.shift();
        // What broke it first says most.
        if (waitMs === undefined) throw broken;
        job.log(`The connection broke while ${name} was sent; trying again.`);
        await pause(waitMs, undefined, { signal: job.signal }).catch(() => undefined);
        throwIfCancelled(job.signal);
      } else {
        throw error;
      }
    }
  }
}

/** @throws AppError 'app-missing' unless the models and contracts that were sent are still there. */
async function requireModels(folder: DeviceFolder, { files }: PushPlan): Promise<void> {
  const there = new Map((await folder.list()).map(({ name, bytes }) => [name, bytes]));
  const named = files.slice(0, -1).filter(({ name }) => !name.includes('/'));
  if (named.every(({ name, source }) => there.get(name) === sourceBytes(source))) return;
  throw new AppError(
    'app-missing',
    'What was just sent is gone from the phone: its app was removed, or its data was cleared.',
    'Install the app again, start it once, then push again.',
  );
}

/** The largest file is there twice while it is copied. */
async function requireSpace(folder: DeviceFolder, plan: PushPlan): Promise<void> {
  const largest = Math.max(0, ...plan.files.map(({ source }) => sourceBytes(source)));
  const needed = plan.bytes + largest + spareBytes;
  const free = await folder.freeBytes();
  if (free >= needed) return;
  throw new AppError(
    'no-space',
    `The phone has ${megabytes(free)} left, and the push needs ${megabytes(needed)}.`,
    'Free some space on the phone, then push again.',
  );
}

/**
 * Removes models, contracts, photos, requests, results and checks that neither this push nor the one
 * before it needs. What it does not know it leaves alone.
 */
export async function cleanUp(folder: DeviceFolder, kept: ReadonlySet<string>): Promise<void> {
  const ours = /^[0-9a-f]{64}\.(tflite|json|[a-z0-9]{1,5})$/;
  const requests = /^(push|measure)-[\w-]+\.json$/;
  const unneeded: string[] = [];
  for (const [below, pattern] of [
    ['', ours],
    ['golden', ours],
    ['photos', ours],
    ['requests', requests],
    ['results', requests],
    ['checks', requests],
  ] as const) {
    for (const { name, isFolder } of await folder.list(below)) {
      const path = below === '' ? name : `${below}/${name}`;
      const request = path.replace(/^(results|checks)\//, 'requests/');
      if (!isFolder && pattern.test(name) && !kept.has(request)) unneeded.push(path);
    }
  }
  if (unneeded.length > 0) await folder.remove(...unneeded);
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

function formatRate(bytes: number, ms: number): string {
  return `${((bytes / Math.max(1, ms)) * 1e-3).toFixed(1)} MB/s`;
}
