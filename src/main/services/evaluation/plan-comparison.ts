import { AppError } from '../../../shared/api/errors';
import type { Comparison } from '../../../shared/domain/comparison';
import type { VersionPhoto } from '../../../shared/domain/dataset-version';
import type { Model, ModelId } from '../../../shared/domain/model';
import type { Split } from '../../../shared/domain/split';
import type { PhotoSource } from '../../workers/tasks';
import type { Dataset, Models, TestPhoto } from '../ports';

export interface CompareParameters {
  modelIds: ModelId[];
  split: Split;
}

export interface ComparisonPlan {
  models: Model[];
  labels: string[];
  versionId: string;
  photos: TestPhoto[];
  /** Photos of the split that are not used, with the reason. */
  skipped: Comparison['skipped'];
}

/**
 * Which photos the models are compared on: those of the split in the first model's frozen version.
 * A photo that any of the models was trained on is left out, because it would flatter that model.
 *
 * @throws AppError 'bad-request' when the models can't be compared, 'not-ready' when no photo is left.
 */
export function planComparison(
  { modelIds, split }: CompareParameters,
  { models, dataset }: { models: Models; dataset: Dataset },
): ComparisonPlan {
  if (new Set(modelIds).size < modelIds.length) {
    throw new AppError(
      'bad-request',
      'A model can’t be compared with itself.',
      'Choose two different models.',
    );
  }
  if (split === 'train') {
    throw new AppError(
      'bad-request',
      'Photos that a model was trained on say nothing about how good it is.',
      'Compare on the test photos, or on the validation photos.',
    );
  }
  const compared = modelIds.map((id) => models.get(id));
  const [first, ...others] = compared;
  if (!first) throw new AppError('bad-request', 'There is no model to compare.');
  for (const other of others) requireSameLabels(first, other);

  const version = dataset.version(first.versionId);
  const ofSplit = version.photos.filter((photo) => photo.split === split);
  if (ofSplit.length === 0) throw emptySplit(split, version.id);

  const trainedBy = trainingPhotos(compared, dataset);
  const sources = new Map(
    dataset.sources(ofSplit.map((photo) => photo.photoId)).map((photo) => [photo.photoId, photo]),
  );
  const photos: TestPhoto[] = [];
  const skipped: Comparison['skipped'] = [];
  for (const photo of ofSplit) {
    const source = sources.get(photo.photoId);
    const reason = reasonToSkip(photo, source, trainedBy);
    if (reason !== undefined) skipped.push({ photoId: photo.photoId, reason });
    else if (source) photos.push({ ...source, truth: photo.labelIndex });
  }
  if (photos.length === 0) throw nothingLeft(split, skipped);
  return { models: compared, labels: version.labels, versionId: version.id, photos, skipped };
}

function requireSameLabels(first: Model, other: Model): void {
  const [own, theirs] = [first.preprocessing.labels, other.preprocessing.labels];
  if (own.length === theirs.length && own.every((label, index) => label === theirs[index])) return;
  throw new AppError(
    'bad-request',
    `${first.name} and ${other.name} tell different labels apart.`,
    'Compare models that were trained on the same labels, or train one of them again.',
  );
}

/** SHA-256 of every photo that one of the models was trained on, with that model's name. */
function trainingPhotos(models: readonly Model[], dataset: Dataset): Map<string, string> {
  const trainedBy = new Map<string, string>();
  for (const model of models) {
    // Nobody knows what a model from elsewhere was trained on.
    if (model.imported) continue;
    for (const photo of dataset.version(model.versionId).photos) {
      if (photo.split === 'train') trainedBy.set(photo.sha256, model.name);
    }
  }
  return trainedBy;
}

function reasonToSkip(
  photo: VersionPhoto,
  source: PhotoSource | undefined,
  trainedBy: ReadonlyMap<string, string>,
): string | undefined {
  const model = trainedBy.get(photo.sha256);
  if (model !== undefined) return `${model} was trained on it.`;
  if (!source) return 'The file is missing.';
  return source.sha256 === photo.sha256 ? undefined : 'The file is no longer the same.';
}

function emptySplit(split: Split, versionId: string): AppError {
  return new AppError(
    'not-ready',
    `There are no ${split} photos in ${versionId}, the photos of the first model.`,
    'Label more photos or set another split ratio, then train again.',
  );
}

function nothingLeft(split: Split, skipped: Comparison['skipped']): AppError {
  return new AppError(
    'not-ready',
    `None of the ${skipped.length} ${split} photos can be used (${skipReasons(skipped)}).`,
    'Relink missing photos, or compare models that were trained on the same version.',
  );
}

/** "3 × The file is missing. 1 × Lite0 was trained on it." */
export function skipReasons(skipped: Comparison['skipped']): string {
  const counts = new Map<string, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `${count} × ${reason}`).join(' ');
}
