import { randomBytes } from 'node:crypto';
import { AppError, throwIfCancelled } from '../../../../shared/api/errors';
import type { Deployment, PushTarget } from '../../../../shared/domain/deployment';
import type { DeviceId } from '../../../../shared/domain/device';
import type { Model } from '../../../../shared/domain/model';
import type { JobHandle } from '../../ports';
import { askPhone, readStatus } from './ask-phone';
import { makeGoldenSet } from './golden-photos';
import { installCompanion } from './install-companion';
import { launchApp } from './launch-app';
import type { PhonesParts } from './phones-service';
import { cleanUp, pushFiles } from './push-files';
import { type ModelFile, planPush } from './push-plan';
import { tellPhone } from './tell-phone';

export interface PhonePush {
  deviceId: DeviceId;
  target: PushTarget;
  models: readonly Model[];
  /** Newest first. */
  history: readonly Deployment[];
  job: JobHandle;
  /** Our own app is installed or updated first. */
  installApp: boolean;
}

const defaultPatienceMs = 45_000;

/**
 * One push to one phone: the golden photos' answers here, the files there, and the answers there. What
 * it resolves to is true of the phone; where it throws the phone runs what it ran before.
 */
export async function pushToPhone(
  parts: Pick<
    PhonesParts,
    'context' | 'dataset' | 'models' | 'hub' | 'patienceMs' | 'againAfterMs' | 'companionApk'
  >,
  { deviceId, target, models, history, job, installApp }: PhonePush,
): Promise<Pick<Deployment, 'state' | 'check'>> {
  const { context, hub, patienceMs = defaultPatienceMs } = parts;
  const transport = hub.transport(deviceId);
  job.progress({ step: 'Looking at the phone' });
  if (installApp) {
    await installCompanion(context, transport, { deviceId, target, apk: parts.companionApk, job });
  }
  const folder = await transport.openFolder(deviceId, target.place);
  try {
    const files = models.map((model): ModelFile => ({ model, path: parts.models.file(model) }));
    const golden = target.speaksProtocol ? await golds(parts, files, job) : undefined;
    throwIfCancelled(job.signal);
    const plan = planPush({
      target,
      models: files,
      project: context.info().name,
      at: context.now(),
      golden,
      keep: hashesBefore(history, deviceId, target, models),
    });
    const oldStatus = target.speaksProtocol ? await readStatus(folder) : undefined;
    await pushFiles(folder, plan, job, parts.againAfterMs);
    if (plan.kept) await cleanUp(folder, plan.kept).catch(ignoreUnlessCancelled);
    if (!target.speaksProtocol) return { state: 'copied' };
    await launchApp(transport, deviceId, target, job);
    if (!golden) {
      job.log('No photo of the project can be read, so the phone could not be asked.');
      return { state: 'unanswered' };
    }
    const check = await askPhone({
      context,
      folder,
      golden,
      models: files,
      job,
      patienceMs,
      oldStatus,
    });
    if (!check) return { state: 'unanswered' };
    await tellPhone(folder, {
      requestId: golden.request.id,
      check,
      models: files,
      signal: job.signal,
    });
    const isSame = check.outcomes.every(({ outcome }) => outcome === 'same');
    return { state: isSame ? 'checked' : 'wrong', check };
  } finally {
    await folder.close();
  }
}

function golds(
  parts: Pick<PhonesParts, 'context' | 'dataset'>,
  files: readonly ModelFile[],
  job: JobHandle,
) {
  job.progress({ step: 'Answering golden photos here' });
  const requestId = `push-${randomBytes(6).toString('hex')}`;
  return makeGoldenSet(parts, files, { requestId, signal: job.signal });
}

/** What the phone ran before this, and can go back to. */
function hashesBefore(
  history: readonly Deployment[],
  deviceId: DeviceId,
  target: PushTarget,
  models: readonly Model[],
): string[] {
  const now = new Set(models.map(({ sha256 }) => sha256));
  const before = history.find(
    (deployment) =>
      deployment.deviceId === deviceId &&
      deployment.target.id === target.id &&
      deployment.models.some(({ sha256 }) => !now.has(sha256)),
  );
  return before?.models.map(({ sha256 }) => sha256) ?? [];
}

/** All is pushed; what could not be cleaned up is cleaned up by the next push. */
function ignoreUnlessCancelled(error: unknown): void {
  if (error instanceof AppError && error.code === 'cancelled') throw error;
}
