import type { MethodOutput } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import type { Model, ModelId } from '../../../shared/domain/model';
import type { Preprocessing } from '../../../shared/domain/preprocessing';
import { chooseChecks } from './choose-photos';
import { photosGone, presentPhotos } from './make-quantized';
import type { QuantizationParts } from './quantization-parts';

type LayerParts = Pick<QuantizationParts, 'context' | 'dataset' | 'models'>;

/** Each runs twice with all tensors copied out: enough to tell layers apart, and done in seconds. */
const photosUsed = 16;

/**
 * How far each tensor of a quantized model strays from its parent's.
 * @throws AppError 'bad-request' for a float model, 'not-found' when its parent is gone, 'not-ready'
 * without photos.
 */
export async function layersOfModel(
  parts: LayerParts,
  modelId: ModelId,
  signal: AbortSignal,
): Promise<MethodOutput<'quantization.layers'>> {
  const { models } = parts;
  const model = models.get(modelId);
  if (model.parentId === undefined) {
    throw new AppError(
      'bad-request',
      `${model.name} was not quantized from another model.`,
      'Choose a quantized one.',
    );
  }
  const file = models.file(model);
  const { preprocessing } = model;
  return measureLayersOf(parts, models.get(model.parentId), { file, preprocessing }, signal);
}

/** The same of a file that is no model of the library yet. */
export async function measureLayersOf(
  { context, dataset, models }: LayerParts,
  parent: Model,
  { file, preprocessing }: { file: string; preprocessing: Preprocessing },
  signal: AbortSignal,
): Promise<MethodOutput<'quantization.layers'>> {
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
      modelFile: file,
      preprocessing,
      photos: chosen.flatMap(({ photoId }) => sources.get(photoId) ?? []),
      cacheFile: context.cacheFile,
    },
    { signal },
  );
}
