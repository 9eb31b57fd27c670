import { AppError } from '../../shared/api/errors';
import type { LabeledFeatures } from '../engine/training/labeled-features';
import { extractFeatures } from './extract-features';
import { createFeatureCache } from './feature-cache';
import type { TaskContext } from './task-context';
import type { PhotoFailure, PhotoSource, TaskInput } from './tasks';

type TrainingInput = TaskInput<'train-classifier'>;
export type TrainingPhoto = TrainingInput['photos'][number];

/** Photos of one split with what the head sees of them, in the same order. */
export interface SplitFeatures extends LabeledFeatures {
  photos: TrainingPhoto[];
  /** Of the mirrored views, where they were asked for. */
  mirrored?: Float32Array;
}

/**
 * Features of a split from the cache; what is not there is computed first.
 * @throws AppError 'photo-unreadable' when a photo's can't be computed.
 */
export async function collectFeatures(
  split: 'train' | 'validation',
  input: TrainingInput,
  context: FeatureContext,
): Promise<SplitFeatures> {
  const photos = input.photos.filter((photo) => photo.split === split);
  const mirrored = split === 'train' && input.settings.mirror;
  return { photos, ...(await gatherFeatures({ ...input, photos, mirrored }, context)) };
}

export type FeatureContext = Omit<TaskContext<'extract-features'>, 'report'>;

type GatheredPhotos = Omit<TaskInput<'extract-features'>, 'photos'> & {
  photos: readonly (PhotoSource & { labelIndex: number })[];
};

/**
 * Features and labels in the order of the photos, with those of their mirrored views where asked for.
 * What is not in the cache is computed first.
 * @throws AppError 'photo-unreadable' when a photo's can't be computed.
 */
export async function gatherFeatures(
  { photos, ...input }: GatheredPhotos,
  context: FeatureContext,
): Promise<LabeledFeatures & Pick<SplitFeatures, 'mirrored'>> {
  const { backbone, recipe, cacheFile } = input;
  const { failures } = await extractFeatures(
    { ...input, photos: [...photos] },
    { ...context, report: () => undefined },
  );
  if (failures.length > 0) throw unreadablePhotos(failures);

  const cache = createFeatureCache(context.cache(cacheFile), backbone, recipe);
  const gather = (mirrored: boolean) => {
    const features = new Float32Array(photos.length * backbone.featureWidth);
    photos.forEach(({ sha256 }, row) => {
      const found = cache.get(sha256, mirrored);
      if (!found) throw new Error(`The cache lost the features of ${sha256}`);
      features.set(found, row * backbone.featureWidth);
    });
    return features;
  };
  return {
    features: gather(false),
    labels: Int32Array.from(photos, ({ labelIndex }) => labelIndex),
    mirrored: input.mirrored ? gather(true) : undefined,
  };
}

function unreadablePhotos(failures: readonly PhotoFailure[]): AppError {
  const count = failures.length === 1 ? 'A photo' : `${failures.length} photos`;
  const reasons = failures.slice(0, 3).map(({ reason }) => reason);
  return new AppError(
    'photo-unreadable',
    `${count} of this training can’t be read: ${reasons.join(' ')}${failures.length > 3 ? ' …' : ''}`,
    'Relink or exclude them, then train again.',
  );
}
