import { dirname, extname, join } from 'node:path';
import { AppError, type ErrorCode, throwIfCancelled } from '../../../../shared/api/errors';
import type { CompanionFeedback } from '../../../../shared/domain/companion-protocol';
import type { DeviceFolder } from '../../../platform/devices/device-transport';
import { createScratchFolder } from '../../../platform/scratch-folder';
import type { Corrections, JobHandle, ProjectContext } from '../../ports';
import { type LeftFeedback, listFeedback } from './list-feedback';

export interface TakeParts {
  context: Pick<ProjectContext, 'cacheFile'>;
  corrections: Corrections;
  folder: DeviceFolder;
  device: { id: string; name: string };
  /** Hashes of the models that this project has, or has pushed. */
  ourModels: ReadonlySet<string>;
  job: JobHandle;
}

export interface TakenFeedback {
  taken: number;
  /** That had come before: only their files were still on the phone. */
  known: number;
  left: LeftFeedback[];
  foreign: string[];
}

/** They concern one photo: the others are taken all the same. */
const ofOnePhoto: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'photo-unreadable',
  'hash-mismatch',
  'upload-refused',
  'not-found',
]);

/**
 * Takes corrections from a phone into the inbox, one after the other. The phone's files are removed
 * only when the project has theirs on its disk; cut at any moment, what is still there comes with the
 * next reading, and what came twice is known.
 */
export async function takeFeedback(parts: TakeParts): Promise<TakenFeedback> {
  const { context, folder, ourModels, job } = parts;
  job.progress({ step: 'Looking at the phone' });
  const found = await listFeedback(folder, ourModels, job.signal);
  const taken: TakenFeedback = { taken: 0, known: 0, left: found.left, foreign: found.foreign };
  const scratch = createScratchFolder(dirname(context.cacheFile));
  job.progress({ done: 0, total: found.messages.length, step: 'Taking corrections' });
  try {
    const photoFile = join(await scratch.next(), 'photo');
    for (const [index, { file, message }] of found.messages.entries()) {
      throwIfCancelled(job.signal);
      const problem = await takeOne(parts, message, photoFile, taken);
      if (problem === undefined) await removeFromPhone(folder, file, message, found.mentions);
      else taken.left.push({ file, problem });
      job.progress({ done: index + 1 });
    }
  } finally {
    await scratch.remove();
  }
  return taken;
}

/** @returns why it stays on the phone; undefined: the project has it. */
async function takeOne(
  { corrections, folder, device, job }: TakeParts,
  { photo, at, model, answered, probability, label }: CompanionFeedback,
  photoFile: string,
  taken: TakenFeedback,
): Promise<string | undefined> {
  const said = label === undefined || label.trim() === '' ? undefined : label.trim().slice(0, 80);
  if (corrections.has({ sha256: photo.sha256, deviceId: device.id, said })) {
    taken.known += 1;
    return undefined;
  }
  try {
    await folder.pull(photo.file, photoFile, { signal: job.signal });
    const when = at.slice(0, 19).replace('T', ' ').replaceAll(':', '.');
    const { outcome } = await corrections.receive({
      photo: { path: photoFile },
      sha256: photo.sha256,
      fileName: `${device.name} ${when}${extname(photo.file)}`,
      device,
      at,
      said,
      modelSha256: model,
      answered: answered ? { label: answered.slice(0, 80), probability } : undefined,
    });
    if (outcome === 'added') taken.taken += 1;
    else taken.known += 1;
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError) || !ofOnePhoto.has(error.code)) throw error;
    return [error.message, error.remedy].filter(Boolean).join(' ');
  }
}

/**
 * The message first: without it the photo is nothing, but it without the photo would be broken. A
 * photo goes with the last message about it.
 */
async function removeFromPhone(
  folder: DeviceFolder,
  file: string,
  { photo }: CompanionFeedback,
  mentions: Map<string, number>,
): Promise<void> {
  await folder.remove(file);
  const others = (mentions.get(photo.file) ?? 1) - 1;
  mentions.set(photo.file, others);
  if (others === 0) await folder.remove(photo.file);
}
