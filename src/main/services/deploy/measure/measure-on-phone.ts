import { AppError, throwIfCancelled, toShape } from '../../../../shared/api/errors';
import type { PushTarget } from '../../../../shared/domain/deployment';
import type { DeviceId } from '../../../../shared/domain/device';
import type { PhoneMeasurement } from '../../../../shared/domain/phone-measurement';
import type { DeviceFolder } from '../../../platform/devices/device-transport';
import type { JobHandle } from '../../ports';
import { awaitResult, readStatus } from '../phones/ask-phone';
import { launchApp } from '../phones/launch-app';
import { pushFiles } from '../phones/push-files';
import { json, modelFiles, type ModelFile, sourceBytes } from '../phones/push-plan';
import type { MeasureParts } from './measure-service';
import { measurementOf, type Question } from './question';

export interface MeasureErrand {
  device: { deviceId: DeviceId; deviceName: string };
  target: PushTarget;
  models: readonly ModelFile[];
  question: Question;
  job: JobHandle;
}

const defaultPatienceMs = 45_000;
/** What a slow phone takes for a photo with one model, decoding included. */
const answerMs = 400;

/**
 * Brings models and test photos to a phone, has its app answer, and takes all but the models away
 * again. What the app runs stays as it is: the manifest is not touched.
 * @throws AppError 'device-refused' when the app does not answer, and what a push may throw.
 */
export async function measureOnPhone(
  { context, hub, patienceMs = defaultPatienceMs, againAfterMs }: MeasureParts,
  { device, target, models, question, job }: MeasureErrand,
): Promise<Omit<PhoneMeasurement, 'id'>> {
  const { request, files: photos } = question;
  const { signal } = job;
  const transport = hub.transport(device.deviceId);
  const folder = await transport.openFolder(device.deviceId, target.place);
  let isReachable = true;
  const asking = { name: `requests/${request.id}.json`, source: json(request) };
  try {
    const oldStatus = await readStatus(folder);
    const files = [...modelFiles(models), ...photos, asking];
    const bytes = files.reduce((sum, { source }) => sum + sourceBytes(source), 0);
    await pushFiles(folder, { files, bytes }, job, againAfterMs);
    await launchApp(transport, device.deviceId, target, job);
    throwIfCancelled(signal);
    job.progress({ step: 'Waiting for the phone’s answers' });
    const wait = patienceMs + answerMs * request.photos.length * models.length;
    const result = await awaitResult(folder, request.id, { signal, patienceMs: wait, oldStatus });
    throwIfCancelled(signal);
    if (!result) throw noAnswer(target, wait);
    return measurementOf(question, result, device, context.now());
  } catch (error) {
    isReachable = !['device-gone', 'device-stalled'].includes(toShape(error).code);
    throw error;
  } finally {
    const result = `results/${request.id}.json`;
    // One that is gone or silent would only be waited for once more.
    if (isReachable) await tidy(folder, [asking.name, result, ...photos.map(({ name }) => name)]);
    await folder.close();
  }
}

/** Nobody's photos stay on a phone; of one that was pulled out the next push takes them away. */
async function tidy(folder: DeviceFolder, names: readonly string[]): Promise<void> {
  try {
    await folder.remove(...names);
  } catch {
    // What went before counts, and it is told of.
  }
}

const noAnswer = ({ name }: PushTarget, waitedMs: number) =>
  new AppError(
    'device-refused',
    `${name} has not answered within ${Math.ceil(waitedMs / 1000)} seconds.`,
    'Open the app on the phone, leave it in front with the screen on, and measure again.',
  );
