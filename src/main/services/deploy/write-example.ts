import { AppError } from '../../../shared/api/errors';
import type { FolderWriter } from '../../platform/folder-writer';
import type { PhotoSource, TaskOutput } from '../../workers/tasks';
import type { Dataset, JobHandle, ProjectContext } from '../ports';
import type { ExportedExample, ExportedModel } from './exported-model';
import { photosAtHand } from './photos-at-hand';

/** Photos tried before giving up: a disk that is gone should not cost one attempt a photo. */
const attempts = 5;

const exampleName = 'example.jpg';
/** Of the longer side, in pixels: more than any model here looks at. */
const exampleSize = 1024;

export interface ExampleParts {
  context: ProjectContext;
  dataset: Dataset;
  writer: FolderWriter;
}

/**
 * Writes the first test photo that can be read (else one of validation, else of training) as an
 * example, and has each exported model answer to just that file. It is encoded anew, upright and
 * without metadata: nobody who gets the app should learn where the photo was taken.
 * @returns undefined when no photo can be read.
 */
export async function writeExample(
  models: readonly [ExportedModel, ...ExportedModel[]],
  job: JobHandle,
  { context, dataset, writer }: ExampleParts,
): Promise<ExportedExample | undefined> {
  const version = dataset.version(models[0].model.versionId);
  for (const { photo, source } of photosAtHand(version.photos, dataset).slice(0, attempts)) {
    const originalName = dataset.fileName(photo.photoId);
    try {
      const jpeg = await renderUnchanged(source, job, context);
      const path = await writer.write(exampleName, jpeg);
      return {
        fileName: exampleName,
        originalName,
        split: photo.split,
        label: version.labels[photo.labelIndex] ?? '',
        traces: await traceThrough(models, path, job, context),
      };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'photo-unreadable') throw error;
      job.log(`${originalName} can’t be the example: ${error.message}`);
    }
  }
  return undefined;
}

/** @throws AppError 'photo-unreadable', also when it is no longer what was labeled. */
async function renderUnchanged(
  { path, sha256 }: PhotoSource,
  { signal }: JobHandle,
  { workers }: ProjectContext,
): Promise<Uint8Array> {
  const { hashes } = await workers.run('hash-files', { paths: [path] }, { signal });
  if (hashes[0] !== sha256) {
    throw new AppError('photo-unreadable', 'Its file is gone or was changed.');
  }
  return (await workers.run('render-photo', { path, size: exampleSize }, { signal })).jpeg;
}

async function traceThrough(
  models: readonly ExportedModel[],
  path: string,
  { signal }: JobHandle,
  { workers }: ProjectContext,
): Promise<TaskOutput<'trace-photo'>[]> {
  const traces: TaskOutput<'trace-photo'>[] = [];
  for (const { model, source } of models) {
    // A file of its own: it is no photo of the project, so nothing of it may get into the cache.
    const photo = { photoId: 0, sha256: '', path };
    const input = { modelFile: source, preprocessing: model.preprocessing, photo };
    traces.push(await workers.run('trace-photo', input, { signal }));
  }
  return traces;
}
