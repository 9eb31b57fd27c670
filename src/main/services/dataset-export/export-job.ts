import { dirname, join } from 'node:path';
import type { DatasetFormat, ExportChoice } from '../../../shared/api/dataset-export-api';
import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { DatasetManifest } from '../../platform/dataset-manifest';
import { type ExportTarget, openExportTarget } from '../../platform/export-target';
import { requireSpace } from '../../platform/free-space';
import { nextNumberedName } from '../../platform/next-numbered-name';
import { safeName } from '../../platform/safe-names';
import { createScratchFolder } from '../../platform/scratch-folder';
import type { DatasetTarget } from '../../workers/tasks/exchange-tasks';
import type { Dataset, JobDefinition, JobHandle, ProjectContext } from '../ports';
import { createPhotoNames, type PhotoNames } from './name-photos';
import { previewExport } from './preview-export';
import { type Selection, selectPhotos } from './select-photos';

export interface ExportDatasetParameters extends ExportChoice {
  format: DatasetFormat;
  splits: boolean;
  zip: boolean;
  /** Absent: into the project. A path: staged ids don't survive a restart. */
  place?: string;
  /** Tells apart what it leaves when it is killed. */
  id: string;
}

/** Photos a task: one that is cancelled ends soon, and messages cost nothing. */
const batchSize = 32;
/** Lists and folders come on top of the photos: about so much a photo. */
const listBytesAPhoto = 1000;
const namesLogged = 100;

/** Begins anew when it is resumed: what was written is removed, nothing of it is known to be whole. */
export function createExportJob(
  context: ProjectContext,
  dataset: Dataset,
): JobDefinition<ExportDatasetParameters> {
  return {
    resumable: true,
    run: (parameters, job) => runExport(context, dataset, parameters, job),
  };
}

async function runExport(
  context: ProjectContext,
  dataset: Dataset,
  parameters: ExportDatasetParameters,
  job: JobHandle,
): Promise<Record<string, string>> {
  const { exportsFolder } = context;
  job.progress({ step: 'Looking at the photos' });
  const selection = selectPhotos(context, dataset, parameters);
  const { photos, bytes } = previewExport(selection);
  if (photos === 0) throw nothingToExport();
  const archiveId =
    parameters.place === undefined ? await nextNumberedName(exportsFolder, 'dataset') : undefined;
  const { name } = context.info();
  const { id, zip } = parameters;
  const place = parameters.place ?? join(exportsFolder, `${archiveId}.zip`);
  await requireSpace(place, bytes + photos * listBytesAPhoto);
  const target = await openExportTarget({ place, name, zip, id });
  const scratch = createScratchFolder(dirname(context.cacheFile));
  try {
    const left = await write(context, selection, parameters, job, {
      format: parameters.format,
      columns: { splits: parameters.splits, excluded: parameters.excluded },
      place: target.partial,
      ...(zip ? { rootName: safeName(name) } : {}),
      scratch: await scratch.next(),
      at: context.now().toISOString(),
    });
    throwIfCancelled(job.signal);
    await target.commit();
    return resultOf(target, archiveId, photos - left, left);
  } catch (error) {
    await target.discard();
    throw error;
  } finally {
    await scratch.remove();
  }
}

/** @returns how many photos could not be read. */
async function write(
  { workers, info }: ProjectContext,
  selection: Selection,
  { format, splits }: ExportDatasetParameters,
  job: JobHandle,
  target: DatasetTarget,
): Promise<number> {
  const names = createPhotoNames(format, selection.labels, splits);
  const leftOut: { name: string; reason: string }[] = [];
  let photos = 0;
  let done = 0;
  job.progress({ step: 'Copying photos', done, total: selection.count });
  for (const batch of selection.batches(batchSize)) {
    throwIfCancelled(job.signal);
    const wanted = batch.filter((photo) => photo.leftOut === undefined);
    const named = new Map(wanted.map(({ record }) => [record.photoId, record.fileName]));
    const input = { target, photos: wanted.map((photo) => names.place(photo)) };
    const answer = await workers.run('write-dataset-part', input, { signal: job.signal });
    for (const { photoId, reason } of answer.leftOut) {
      leftOut.push({ name: named.get(photoId) ?? '', reason });
    }
    for (const { record, leftOut: why } of batch) {
      if (why === 'missing') leftOut.push({ name: record.fileName, reason: 'It is missing.' });
    }
    photos += answer.written;
    done += batch.length;
    job.progress({ done });
  }
  tellLeftOut(leftOut, job);
  if (photos === 0) throw nothingToExport();
  job.progress({ step: 'Writing the lists' });
  const manifest = manifestOf(info(), format, selection.labels, names, target.at);
  await workers.run(
    'finish-dataset',
    { target, manifest: { ...manifest, photos, leftOut } },
    { signal: job.signal },
  );
  return leftOut.length;
}

function manifestOf(
  { name, generated }: ReturnType<ProjectContext['info']>,
  layout: DatasetFormat,
  labels: string[],
  names: PhotoNames,
  createdAt: string,
): Omit<DatasetManifest, 'photos' | 'leftOut'> {
  return {
    format: 'pocketlens-dataset',
    formatVersion: 1,
    createdAt,
    project: { name, generated },
    layout,
    labels,
    folders: names.folders(),
  };
}

function tellLeftOut(leftOut: readonly { name: string; reason: string }[], job: JobHandle): void {
  if (leftOut.length === 0) return;
  const subject = leftOut.length === 1 ? '1 photo is' : `${leftOut.length} photos are`;
  job.log(`${subject} not in the export:`);
  for (const { name, reason } of leftOut.slice(0, namesLogged)) job.log(`${name}: ${reason}`);
  if (leftOut.length > namesLogged) job.log('… and more: its manifest names all of them.');
}

function resultOf(
  { path }: ExportTarget,
  archiveId: string | undefined,
  photos: number,
  leftOut: number,
): Record<string, string> {
  const where: Record<string, string> = archiveId === undefined ? { path } : { archiveId, path };
  return { ...where, photos: String(photos), leftOut: String(leftOut) };
}

const nothingToExport = () =>
  new AppError(
    'not-ready',
    'No photo is left to export.',
    'Label photos, take unlabeled ones along, or choose another filter.',
  );
