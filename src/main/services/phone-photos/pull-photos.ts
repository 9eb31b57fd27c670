import { dirname, join } from 'node:path';
import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import { maximumFileBytes } from '../../../shared/domain/photo';
import type { DeviceHub } from '../../platform/devices/device-hub';
import { requireSpace } from '../../platform/free-space';
import { removeFile } from '../../platform/remove-file';
import { createScratchFolder } from '../../platform/scratch-folder';
import { statFiles } from '../../platform/stat-files';
import type { ArrivedFile, Dataset, JobHandle, ProjectContext } from '../ports';
import { originOf, type PhotoOnPhone, type PhotosFolder } from './list-photos';

export interface PullParameters {
  deviceId: string;
  deviceName: string;
  photos: PhotoOnPhone[];
  label?: string | undefined;
}

export interface PullParts {
  context: ProjectContext;
  dataset: Dataset;
  hub: DeviceHub;
}

/** So many photos lie on the disk twice at a time. */
const batchSize = 8;

/**
 * Copies photos of a phone into the project. Whatever ends it, what was taken is whole and nothing
 * else is left behind; started again it goes on with what is missing.
 */
export async function pullPhotos(
  { context, dataset, hub }: PullParts,
  { deviceId, deviceName, photos, label }: PullParameters,
  job: JobHandle,
): Promise<Record<string, string>> {
  const { signal } = job;
  const wanted = photosToPull(dataset, deviceId, photos);
  job.progress({ done: photos.length - wanted.length, total: photos.length });
  const parent = dirname(context.cacheFile);
  await requireSpace(parent, sum(wanted.map(({ bytes }) => bytes)));
  const folder = await hub.transport(deviceId).openPhotos(deviceId);
  const scratch = createScratchFolder(parent);
  const photoImport = dataset.beginImport();
  let done = photos.length - wanted.length;
  try {
    const place = await scratch.next();
    job.progress({ step: `Copying from ${deviceName}` });
    for (let from = 0; from < wanted.length; from += batchSize) {
      const arrived: ArrivedFile[] = [];
      for (const photo of wanted.slice(from, from + batchSize)) {
        throwIfCancelled(signal);
        const path = join(place, String(arrived.length));
        if (!(await copy(folder, photo, path, job))) continue;
        const { fileName, modifiedMs } = photo;
        arrived.push({ path, fileName, modifiedMs, label, origin: originOf(deviceId, photo) });
      }
      await photoImport.take(arrived, signal);
      await Promise.all(arrived.map(({ path }) => removeFile(path)));
      done = Math.min(photos.length, done + batchSize);
      job.progress({ done });
    }
  } catch (error) {
    throw withCount(error, { deviceName, done, total: photos.length });
  } finally {
    const { added, known, problems } = await photoImport.finish();
    job.log(`${added} added, ${known} known already, ${problems} could not be taken.`);
    await scratch.remove();
    await folder.close();
  }
  return { importId: photoImport.id };
}

/** Without those that came before and are unchanged since. */
export function photosToPull<Photo extends PhotoOnPhone>(
  dataset: Pick<Dataset, 'seenOrigins'>,
  deviceId: string,
  photos: readonly Photo[],
): Photo[] {
  const seen = dataset.seenOrigins(photos.map((photo) => originOf(deviceId, photo)));
  return photos.filter((photo) => {
    const known = seen.get(originOf(deviceId, photo));
    return known?.bytes !== photo.bytes || known.modifiedMs !== photo.modifiedMs;
  });
}

/** @returns whether it is here; a photo that is no longer on the phone keeps no other from coming. */
async function copy(
  folder: PhotosFolder,
  { path, bytes }: PhotoOnPhone,
  toPath: string,
  job: JobHandle,
): Promise<boolean> {
  if (bytes > maximumFileBytes) {
    job.log(`${path} was left out: it is too large for a photo.`);
    return false;
  }
  try {
    await folder.pull(path, toPath, { signal: job.signal });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
    job.log(`${path} is no longer on the phone.`);
    return false;
  }
  const [stamp] = await statFiles([toPath]);
  if (stamp?.bytes === bytes) return true;
  job.log(`${path} is being written on the phone; it comes with the next import.`);
  await removeFile(toPath);
  return false;
}

/** A phone that goes away is said to have lost nothing. */
function withCount(
  error: unknown,
  { deviceName, done, total }: { deviceName: string; done: number; total: number },
): unknown {
  const isPhone =
    error instanceof AppError && (error.code === 'device-gone' || error.code === 'device-stalled');
  if (!isPhone) return error;
  return new AppError(
    error.code,
    `${deviceName} went away. ${done} of ${total} photos are in the project, and all are still on the phone.`,
    'Plug it in, unlock it, and start again: what is in the project is not copied twice.',
    { cause: error },
  );
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
