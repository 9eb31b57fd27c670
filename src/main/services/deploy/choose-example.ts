import { extname } from 'node:path';
import { AppError } from '../../../shared/api/errors';
import { type Split, splits } from '../../../shared/domain/split';
import type { TaskOutput } from '../../workers/tasks';
import type { Dataset, JobHandle, ProjectContext } from '../ports';
import type { ExportedExample, ExportedModel } from './exported-model';

/** Photos tried before giving up: a disk that is gone should not cost one attempt a photo. */
const attempts = 5;

/**
 * The first test photo that can be read (else one of validation, else of training), and what each
 * exported model answers to it. undefined when none can be read.
 */
export async function chooseExample(
  models: readonly [ExportedModel, ...ExportedModel[]],
  job: JobHandle,
  { context, dataset }: { context: ProjectContext; dataset: Dataset },
): Promise<ExportedExample | undefined> {
  const version = dataset.version(models[0].model.versionId);
  const bySplit = (split: Split) => version.photos.filter((photo) => photo.split === split);
  const candidates = [...splits].reverse().flatMap(bySplit);
  const sources = new Map(
    dataset
      .sources(candidates.map((photo) => photo.photoId))
      .map((source) => [source.photoId, source]),
  );
  const present = candidates.filter((photo) => sources.get(photo.photoId)?.sha256 === photo.sha256);
  for (const { photoId, split, labelIndex } of present.slice(0, attempts)) {
    const photo = sources.get(photoId);
    if (!photo) continue;
    try {
      const traces: TaskOutput<'trace-photo'>[] = [];
      for (const { model, source } of models) {
        const { preprocessing } = model;
        const input = { modelFile: source, preprocessing, photo, cacheFile: context.cacheFile };
        traces.push(await context.workers.run('trace-photo', input, { signal: job.signal }));
      }
      const originalName = dataset.fileName(photoId);
      return {
        fileName: `example${extensionOf(originalName)}`,
        source: photo.path,
        originalName,
        split,
        label: version.labels[labelIndex] ?? '',
        traces,
      };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'photo-unreadable') throw error;
      job.log(`${dataset.fileName(photoId)} can’t be the example: ${error.message}`);
    }
  }
  return undefined;
}

function extensionOf(fileName: string): string {
  const extension = extname(fileName).toLowerCase();
  if (extension === '.jpeg') return '.jpg';
  return /^\.[a-z]{3,4}$/.test(extension) ? extension : '';
}
