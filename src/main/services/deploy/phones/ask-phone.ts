import { setTimeout as pause } from 'node:timers/promises';
import { AppError, throwIfCancelled } from '../../../../shared/api/errors';
import {
  type CompanionResult,
  companionResultSchema,
  type CompanionStatus,
  companionStatusSchema,
  readCompanionMessage,
} from '../../../../shared/domain/companion-protocol';
import type { GoldenCheck, GoldenOutcome } from '../../../../shared/domain/deployment';
import type { DeviceFolder } from '../../../platform/devices/device-transport';
import type { JobHandle, ProjectContext } from '../../ports';
import { compareAnswers, nameMistakes } from './check-answers';
import type { GoldenSet } from './golden-photos';
import type { ModelFile } from './push-plan';

/** Between two looks for an answer: a small model's comes at once, a large one's is waited for. */
const pollMs = { first: 100, longest: 400 };

export interface Waiting {
  signal: AbortSignal;
  /** How long the app may take. */
  patienceMs: number;
  /** What the app said of itself before it was asked. */
  oldStatus: CompanionStatus | undefined;
  /** Hashes of the models that were just pushed; absent where nothing was. */
  pushed?: readonly string[];
}

/**
 * Waits for the app's answers; undefined when none come in time. After a push they count once the app, if it
 * tells what it runs, runs what was pushed: it may answer the request before it has seen the manifest.
 * @throws AppError 'device-refused' when the app refuses the push, or goes on with another model.
 */
export async function awaitResult(
  folder: DeviceFolder,
  requestId: string,
  { signal, patienceMs, oldStatus, pushed }: Waiting,
): Promise<CompanionResult | undefined> {
  const until = Date.now() + patienceMs;
  let waitMs = pollMs.first;
  let answered = false;
  while (Date.now() < until) {
    throwIfCancelled(signal);
    const result = await readMessage(folder, `results/${requestId}.json`, companionResultSchema);
    const status = result && !pushed ? undefined : await readStatus(folder);
    const running = status?.running;
    if (result && (!pushed || running === undefined || pushed.includes(running))) return result;
    answered = result !== undefined;
    if (status?.state === 'failed' && status.at !== oldStatus?.at) {
      throw new AppError(
        'device-refused',
        `The app on the phone refused the push: ${status.problem ?? 'it does not say why'}`,
        'Update the app, or push another model. It still runs the last good one.',
      );
    }
    await pause(waitMs, undefined, { signal }).catch(() => undefined);
    waitMs = Math.min(pollMs.longest, waitMs * 1.5);
  }
  if (answered) {
    throw new AppError(
      'device-refused',
      'The app on the phone answered, but still runs another model than was pushed.',
      'Close the app on the phone, open it again, and push again.',
    );
  }
  return undefined;
}

async function readMessage<Schema extends Parameters<typeof readCompanionMessage>[0]>(
  folder: DeviceFolder,
  name: string,
  schema: Schema,
) {
  const bytes = await folder.read(name);
  if (!bytes) return undefined;
  const reading = readCompanionMessage(schema, Buffer.from(bytes).toString('utf8'));
  if (reading.problem === 'newer') {
    throw new AppError(
      'device-refused',
      'The app on the phone speaks a newer version of the companion protocol.',
      'Update Pocketlens Studio.',
    );
  }
  // Broken: half a file of an app that does not rename. It is read again.
  return reading.problem === undefined ? reading.message : undefined;
}

export interface AskParts extends Omit<Waiting, 'signal' | 'pushed'> {
  context: ProjectContext;
  folder: DeviceFolder;
  golden: GoldenSet;
  models: readonly ModelFile[];
  job: JobHandle;
}

/** What the app says of itself. */
export const readStatus = (folder: DeviceFolder) =>
  readMessage(folder, 'status.json', companionStatusSchema);

/**
 * Has the app answer the golden photos and holds its answers against the desktop's; where they differ
 * it looks which mistake in preparing photos gives just these.
 */
export async function askPhone(parts: AskParts): Promise<GoldenCheck | undefined> {
  const { context, folder, golden, models, job } = parts;
  job.progress({ step: 'Waiting for the phone’s answers' });
  const { signal } = job;
  const pushed = models.map(({ model }) => model.sha256);
  const result = await awaitResult(folder, golden.request.id, { ...parts, signal, pushed });
  if (!result) return undefined;
  const outcomes: GoldenOutcome[] = [];
  for (const [index, expected] of golden.answers.entries()) {
    const model = models[index];
    if (!model) continue;
    const { outcome, answers } = compareAnswers(model.model.id, expected, result);
    const isOff = outcome.outcome === 'different' && answers !== undefined;
    if (isOff) job.progress({ step: 'Looking for the mistake' });
    outcomes.push({ ...outcome, mistakes: isOff ? await findMistakes(parts, model, answers) : [] });
  }
  return {
    at: context.now().toISOString(),
    photos: golden.photos.length,
    bound: golden.bound,
    outcomes,
  };
}

async function findMistakes(
  { context, golden, job }: AskParts,
  { model, path }: ModelFile,
  answers: number[][],
) {
  const { right, mistakes } = await context.workers.run(
    'check-preprocessing',
    {
      modelFile: path,
      preprocessing: model.preprocessing,
      photos: golden.photos.map(({ photoId, sha256, path: file }) => ({
        photoId,
        sha256,
        path: file,
      })),
    },
    { signal: job.signal },
  );
  return nameMistakes(answers, right, mistakes);
}
