import type { VersionPhoto } from '../../../shared/domain/dataset-version';
import type { Model, QuantizationSettings } from '../../../shared/domain/model';
import type { PhotoSource } from '../../workers/tasks';
import { orderTraining } from './choose-photos';
import type { QuantizationParts } from './quantization-parts';

/** Photos that a model is asked about to find those it is least sure of: some 10 s at most. */
const mostAsked = 300;

/**
 * The training photos that ranges are measured on: as many as the settings say, fewer when there are not
 * as many. Where features or answers of some are missing, others follow label by label.
 * @param present photos of the model's version that are there.
 */
export async function chooseCalibration(
  parts: Pick<QuantizationParts, 'context' | 'models' | 'similarity'>,
  parent: Model,
  present: readonly { photo: VersionPhoto; source: PhotoSource }[],
  settings: QuantizationSettings['calibration'],
  signal: AbortSignal,
): Promise<PhotoSource[]> {
  const sources = new Map(present.map(({ photo, source }) => [photo.photoId, source]));
  const ordered = orderTraining(
    present.map(({ photo }) => photo),
    settings,
  ).flatMap(({ photoId }) => sources.get(photoId) ?? []);
  const first = await preferred(parts, parent, ordered, settings, signal);
  const taken = new Set(first);
  const rest = ordered.filter(({ photoId }) => !taken.has(photoId));
  return [...first.flatMap((photoId) => sources.get(photoId) ?? []), ...rest].slice(
    0,
    settings.count,
  );
}

/** Ids of the photos that come first whatever their label. */
async function preferred(
  { context, models, similarity }: Pick<QuantizationParts, 'context' | 'models' | 'similarity'>,
  parent: Model,
  ordered: readonly PhotoSource[],
  { choice, count, seed }: QuantizationSettings['calibration'],
  signal: AbortSignal,
): Promise<number[]> {
  if (choice === 'diverse') {
    const embedding = await similarity.embedding({ signal });
    const photoIds = ordered.map(({ photoId }) => photoId);
    const asked = { embedding, photoIds, count, seed };
    return (await context.workers.run('spread-photos', asked, { signal })).photoIds;
  }
  if (choice !== 'hard') return [];
  const { preprocessing } = parent;
  const photos = ordered.slice(0, Math.max(count, mostAsked));
  const { probabilities, failures } = await context.workers.run(
    'answer-photos',
    { modelFile: models.file(parent), preprocessing, photos, cacheFile: context.cacheFile },
    { signal },
  );
  const failed = new Set(failures.map(({ photoId }) => photoId));
  const width = preprocessing.labels.length;
  return photos
    .map(({ photoId }, row) => ({
      photoId,
      margin: marginOf(probabilities.subarray(row * width, (row + 1) * width)),
    }))
    .filter(({ photoId }) => !failed.has(photoId))
    .sort((a, b) => a.margin - b.margin)
    .slice(0, count)
    .map(({ photoId }) => photoId);
}

/** How far the first answer is ahead of the second. */
function marginOf(probabilities: Float32Array): number {
  const [first = 0, second = 0] = [...probabilities].sort((a, b) => b - a);
  return first - second;
}
