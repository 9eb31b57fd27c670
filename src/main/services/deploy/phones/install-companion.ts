import { setTimeout as pause } from 'node:timers/promises';
import { AppError, throwIfCancelled } from '../../../../shared/api/errors';
import { companionTarget, type PushTarget } from '../../../../shared/domain/deployment';
import type { DeviceId } from '../../../../shared/domain/device';
import type { DeviceTransport } from '../../../platform/devices/device-transport';
import { statFiles } from '../../../platform/stat-files';
import type { JobHandle, ProjectContext } from '../../ports';

export interface CompanionInstall {
  deviceId: DeviceId;
  target: PushTarget;
  /** Where the build leaves the app; it may not be there. */
  apk: string | undefined;
  job: JobHandle;
}

const pollMs = 300;
/** From the app's start until its folder is there. */
const startMs = 20_000;

/**
 * Puts our own app on a phone, or its newest form, and starts it once when it has no folder yet, so that
 * a push can follow.
 */
export async function installCompanion(
  { workers }: Pick<ProjectContext, 'workers'>,
  transport: DeviceTransport,
  { deviceId, target, apk, job }: CompanionInstall,
): Promise<void> {
  const { signal } = job;
  if (target.id !== companionTarget.id || target.place.kind !== 'app') {
    throw new AppError(
      'bad-request',
      `${target.name} is not an app of the studio, so it can’t be installed from here.`,
      'Install it yourself, or push to Pocketlens companion.',
    );
  }
  if (!transport.install || !transport.launch) {
    throw new AppError(
      'bad-request',
      'Only Android phones take the app from here.',
      'On other phones install the app as its documentation says, then push.',
    );
  }
  const { appId } = target.place;
  const paths = apk === undefined ? [] : [apk];
  const [stamp] = await statFiles(paths);
  const { hashes } = await workers.run('hash-files', { paths }, { signal });
  const [sha256] = hashes;
  if (apk === undefined || !stamp || sha256 === undefined) {
    throw new AppError(
      'tool-missing',
      'The Android app is not built on this computer yet.',
      'Run “npm run companion:android” in the studio’s folder; it says what it needs (docs/android-app.md).',
    );
  }
  job.progress({ done: 0, total: stamp.bytes, step: 'Installing the app; look at the phone' });
  const outcome = await transport.install(
    deviceId,
    appId,
    { path: apk, bytes: stamp.bytes, sha256 },
    { signal, onProgress: (done) => job.progress({ done }) },
  );
  job.log(outcome === 'current' ? 'The phone has this version of the app.' : 'Installed the app.');
  if ((await transport.appPresence(deviceId, appId)) === 'ready') return;
  job.progress({ step: 'Starting the app' });
  await transport.launch(deviceId, appId);
  const until = Date.now() + startMs;
  while (Date.now() < until) {
    throwIfCancelled(signal);
    if ((await transport.appPresence(deviceId, appId)) === 'ready') return;
    await pause(pollMs, undefined, { signal }).catch(() => undefined);
  }
  throw new AppError(
    'app-missing',
    'The app is installed, but did not start by itself.',
    'Unlock the phone, open Pocketlens companion once, and push again.',
  );
}
