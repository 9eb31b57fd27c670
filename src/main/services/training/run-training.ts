import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import { baseSourceSchema } from '../../../shared/domain/base-source';
import { type Backbone, backboneRecipe } from '../../../shared/domain/backbone';
import type { DatasetVersion } from '../../../shared/domain/dataset-version';
import type { Model, ModelId, TrainingSettings } from '../../../shared/domain/model';
import { freeModelName } from '../../../shared/domain/model-name';
import type { Checkpoints } from '../../platform/checkpoints';
import { removeFile } from '../../platform/remove-file';
import type { PhotoFailure, TaskInput, TaskOutput, TaskProgress } from '../../workers/tasks';
import type { Backbones, Dataset, JobHandle, Models, ProjectContext } from '../ports';
import { computeFeatures, lackingFeatures } from './compute-features';
import { countSplits } from './training-problems';

export interface TrainingParts {
  context: ProjectContext;
  dataset: Dataset;
  models: Models;
  backbones: Backbones;
}

/** What a training job is given, also when it goes on after a restart. */
export interface TrainingPlan {
  settings: TrainingSettings;
  /** Of a fine-tuning: the photos that it is on, and the file that it goes on from. */
  tuning?: { versionId: DatasetVersion['id']; checkpoint: string };
}

type TrainingPhoto = TaskInput<'train-classifier'>['photos'][number];
type Output = TaskOutput<'train-classifier'> &
  Partial<Pick<TaskOutput<'fine-tune-classifier'>, 'fineTuning'>>;

/**
 * One training, from freezing the photos to a model in the library.
 * @param onStoppable called when epochs begin, with the flag that ends them (see
 * `train-classifier`).
 */
export async function runTraining(
  { settings, tuning }: TrainingPlan,
  job: JobHandle,
  parts: TrainingParts & { checkpoints: Checkpoints },
  onStoppable: (stopFlag: SharedArrayBuffer) => void,
): Promise<ModelId> {
  const { context, dataset, models, backbones, checkpoints } = parts;
  const backbone = backbones.get(settings.backbone);
  const version = tuning ? dataset.version(tuning.versionId) : dataset.freezeVersion();
  const photos = photosToTrain(version, dataset);
  await ensureFeatures(photos, backbone, settings, job, parts);

  const id = models.nextId();
  const outputFile = models.temporaryFile(id);
  const stopFlag = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  onStoppable(stopFlag);
  const input: TaskInput<'train-classifier'> = {
    photos,
    labels: version.labels,
    backbone,
    backboneFile: backbones.file(backbone),
    recipe: backboneRecipe(backbone),
    settings,
    cacheFile: context.cacheFile,
    outputFile,
    stopFlag,
  };
  const options = {
    signal: job.signal,
    onProgress: (progress: TaskProgress<'fine-tune-classifier'>) => report(progress, job, context),
  };
  try {
    const output: Output = tuning
      ? await context.workers.run(
          'fine-tune-classifier',
          {
            ...input,
            checkpointFile: checkpoints.file(tuning.checkpoint),
            belongsTo: JSON.stringify([version.id, backbone.sha256, input.recipe, settings]),
          },
          options,
        )
      : await context.workers.run('train-classifier', input, options);
    throwIfCancelled(job.signal);
    models.add(trainedModel(id, backbone, version, settings, output, parts));
    if (tuning) await checkpoints.remove(tuning.checkpoint);
    return id;
  } catch (error) {
    await removeFile(outputFile);
    throw error;
  }
}

/** Photos of the training and validation split; the test split stays unseen. */
function photosToTrain(version: DatasetVersion, dataset: Dataset): TrainingPhoto[] {
  const wanted = version.photos.filter(({ split }) => split !== 'test');
  const sources = new Map(
    dataset.sources(wanted.map(({ photoId }) => photoId)).map((source) => [source.photoId, source]),
  );
  const photos = wanted.flatMap(({ photoId, labelIndex, split }) => {
    const source = sources.get(photoId);
    return source ? [{ ...source, labelIndex, split }] : [];
  });
  const missing = wanted.length - photos.length;
  if (missing === 0) return photos;
  throw new AppError(
    'photo-unreadable',
    `${missing} of the ${wanted.length} photos to train on can't be found.`,
    'Relink or exclude the missing photos, then train again.',
  );
}

async function ensureFeatures(
  photos: readonly TrainingPhoto[],
  backbone: Backbone,
  settings: TrainingSettings,
  job: JobHandle,
  parts: TrainingParts,
): Promise<void> {
  // Only training photos are ever seen mirrored.
  for (const split of ['train', 'validation'] as const) {
    const ofSplit = photos.filter((photo) => photo.split === split);
    const mirrored = settings.mirror && split === 'train';
    const lacking = await lackingFeatures(parts.context, ofSplit, backbone, mirrored);
    if (lacking.length === 0) continue;
    const step = `Computing features of ${split === 'train' ? 'training' : 'validation'} photos`;
    job.progress({ done: 0, total: lacking.length, step });
    const failures = await computeFeatures(
      {
        photos: lacking,
        backbone,
        mirrored,
        priority: 'normal',
        signal: job.signal,
        onProgress: (done) => job.progress({ done }),
      },
      parts,
    );
    if (failures.length > 0) throw unreadable(failures, parts.dataset, job);
  }
}

function unreadable(failures: readonly PhotoFailure[], dataset: Dataset, job: JobHandle): AppError {
  for (const { reason } of failures) job.log(reason);
  const names = failures.slice(0, 5).map(({ photoId }) => dataset.fileName(photoId));
  const rest = failures.length - names.length;
  const told = rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
  return new AppError(
    'photo-unreadable',
    `${failures.length === 1 ? 'A photo' : `${failures.length} photos`} to train on can't be read: ${told}.`,
    'Relink or exclude them, then train again.',
  );
}

function report(
  progress: TaskProgress<'fine-tune-classifier'>,
  job: JobHandle,
  { emit }: ProjectContext,
): void {
  switch (progress.step) {
    case 'epoch': {
      const { record, bestEpoch, epochs } = progress;
      // Of a fine-tuning the steps are counted: its epochs are long.
      if (!progress.tuning) job.progress({ done: record.epoch, total: epochs, step: 'Training' });
      emit('training.epoch', { jobId: job.id, record, bestEpoch, epochs });
      return;
    }
    case 'resumed':
      return job.log(`Goes on after epoch ${progress.epoch} of the fine-tuning.`);
    case 'tuning':
      return job.progress({ done: progress.done, total: progress.total, step: 'Fine-tuning' });
    case 'writing':
      return job.progress({ step: 'Writing the file' });
    case 'checking':
      return job.progress({
        done: progress.done,
        total: progress.total,
        step: 'Checking the file against the trainer',
      });
  }
}

function trainedModel(
  id: ModelId,
  backbone: Backbone,
  version: DatasetVersion,
  settings: TrainingSettings,
  output: Output,
  { context, models }: TrainingParts,
): Model {
  const { engine, epochs, bestEpoch, stopped, fineTuning, seconds, changes, check, accuracy } =
    output;
  const counts = countSplits(version);
  const createdAt = context.now().toISOString();
  return {
    id,
    name: freeModelName(nameOf(backbone, version, settings), models.list()),
    precision: 'float32',
    io: 'float32',
    bytes: output.bytes,
    sha256: output.sha256,
    createdAt,
    versionId: version.id,
    backbone: backbone.name,
    base: backbone.opened && baseSourceSchema.parse(backbone.opened),
    preprocessing: output.preprocessing,
    training: {
      settings,
      engine,
      epochs,
      bestEpoch,
      stopped,
      fineTuning,
      seconds,
      counts,
      accuracy,
      changes,
      check,
    },
    provenance: {
      kind: 'measured',
      on: `${counts.train} training and ${counts.validation} validation photos of ${version.id}`,
      by: `${engine} on features of ${output.runtime}`,
      at: createdAt,
    },
  };
}

/** "Lite0 · 7 classes", "Lite0 · 7 classes · last 2 blocks". */
function nameOf(
  { title }: Backbone,
  { labels }: DatasetVersion,
  { fineTuning }: TrainingSettings,
): string {
  const classes = `${title} · ${labels.length} classes`;
  if (!fineTuning) return classes;
  return `${classes} · last ${fineTuning.blocks === 1 ? 'block' : `${fineTuning.blocks} blocks`}`;
}
