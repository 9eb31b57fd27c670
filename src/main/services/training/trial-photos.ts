import { AppError } from '../../../shared/api/errors';
import { createRandom } from '../../../shared/domain/random';
import type { TaskInput } from '../../workers/tasks';
import type { TrainingParts } from './run-training';

export type TrialPhoto = TaskInput<'score-heads'>['photos'][number];

/** More would take longer than a minute and hardly change what is found. */
const mostPhotos = 4000;
/** Each fold must have photos of every label to be judged on. */
const leastOfLabel = 5;

/**
 * Photos that heads are tried on: of the training and validation split, so that the test split stays
 * unseen, with what each stays together with.
 * @throws AppError 'not-ready' when there are too few, 'photo-unreadable' when all are gone.
 */
export function trialPhotos(
  { dataset }: Pick<TrainingParts, 'dataset'>,
  seed: number,
): { photos: TrialPhoto[]; of: number; labels: string[] } {
  const { labels, photos } = dataset.previewVersion();
  const allowed = photos.filter(({ split }) => split !== 'test');
  const few = labels.filter(
    (_, index) => allowed.filter(({ labelIndex }) => labelIndex === index).length < leastOfLabel,
  );
  if (labels.length < 2 || few.length > 0) {
    throw new AppError(
      'not-ready',
      few.length > 0
        ? `Too few photos to learn from and to judge on: ${few.join(', ')}.`
        : 'There is nothing to tell apart yet.',
      `Label at least ${leastOfLabel} photos of each of two labels or more, besides the test photos.`,
    );
  }
  const units = new Map(dataset.splitUnits().map(({ photoId, unit }) => [photoId, unit]));
  const sources = new Map(
    dataset.sources(allowed.map(({ photoId }) => photoId)).map((photo) => [photo.photoId, photo]),
  );
  const present = allowed.flatMap(({ photoId, sha256, labelIndex }) => {
    const source = sources.get(photoId);
    if (source?.sha256 !== sha256) return [];
    // A unit has the number of one of its photos, or none of its own.
    return [{ ...source, labelIndex, unit: units.get(photoId) ?? photoId }];
  });
  if (present.length === 0) {
    throw new AppError(
      'photo-unreadable',
      'None of the photos to learn from can be found.',
      'Relink the missing photos first.',
    );
  }
  const chosen = createRandom(seed).shuffled(present).slice(0, mostPhotos);
  return { photos: chosen, of: present.length, labels };
}
