import type { MethodOutput } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import type { ModelId } from '../../../shared/domain/model';
import { chooseChecks } from './choose-photos';
import { photosGone, presentPhotos, type QuantizationParts } from './make-quantized';

/** Each runs twice with all tensors copied out: enough to tell layers apart, and done in seconds. */
const photosUsed = 16;

/**
 * How far each tensor of a quantized model strays from its parent's.
 * @throws AppError 'bad-request' for a float model, 'not-found' when its parent is gone, 'not-ready'
 * without photos.
 */
export async function layersOfModel(
  { context, dataset, models }: QuantizationParts,
  modelId: ModelId,
  signal: AbortSignal,
): Promise<MethodOutput<'quantization.layers'>> {
  const model = models.get(modelId);
  if (model.parentId === undefined) {
    throw new AppError(
      'bad-request',
      `${model.name} was not quantized from another model.`,
      'Choose a quantized one.',
    );
  }
  const parent = models.get(model.parentId);
  const found = presentPhotos(parent.versionId, dataset);
  const sources = new Map(found.map(({ source }) => [source.photoId, source]));
  const chosen = chooseChecks(
    found.map(({ photo }) => photo),
    [],
    photosUsed,
    1,
  );
  if (chosen.length === 0) throw photosGone(parent);
  return context.workers.run(
    'measure-layers',
    {
      parentFile: models.file(parent),
      parentPreprocessing: parent.preprocessing,
      modelFile: models.file(model),
      preprocessing: model.preprocessing,
      photos: chosen.flatMap(({ photoId }) => sources.get(photoId) ?? []),
      cacheFile: context.cacheFile,
    },
    { signal },
  );
}
