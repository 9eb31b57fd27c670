import type { MethodOutput, ParsedInput } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import { packNumbers } from '../../../shared/domain/packed-numbers';
import type { EvaluationParts } from './evaluation-service';

/**
 * Class activation maps of photos, model by model.
 * @throws AppError 'not-found' for a model that is not there, 'bad-request' for labels it does not have.
 */
export async function explainPhotos(
  { modelIds, photos }: ParsedInput<'evaluation.explain'>,
  { context, dataset, models }: EvaluationParts,
  signal: AbortSignal,
): Promise<MethodOutput<'evaluation.explain'>> {
  const sources = new Map(
    dataset.sources(photos.map(({ photoId }) => photoId)).map((source) => [source.photoId, source]),
  );
  const present = photos.filter(({ photoId }) => sources.has(photoId));
  const explained = await Promise.all(
    modelIds.map(async (modelId, index) => {
      const model = models.get(modelId);
      const { preprocessing } = model;
      const asked = present.flatMap(({ photoId, labels }) => {
        const source = sources.get(photoId);
        const label = labels[index] ?? 0;
        if (label >= preprocessing.labels.length) throw noSuchLabel(model.name);
        return source ? [{ ...source, label }] : [];
      });
      const { cacheFile } = context;
      const modelFile = models.file(model);
      const { maps, reason } = await context.workers.run(
        'explain-photos',
        { modelFile, preprocessing, photos: asked, cacheFile },
        { signal },
      );
      const byPhoto = new Map(asked.map(({ photoId }, at) => [photoId, maps[at]]));
      return {
        cropFraction: preprocessing.cropFraction,
        reason,
        maps: photos.map(({ photoId }) => {
          const map = byPhoto.get(photoId);
          return map && { ...map, values: packNumbers(map.values) };
        }),
      };
    }),
  );
  return { models: explained };
}

const noSuchLabel = (name: string) =>
  new AppError('bad-request', `${name} has no such label.`, 'Ask about one of its labels.');
