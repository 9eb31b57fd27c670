import { AppError } from '../../../shared/api/errors';
import type { StudioClient } from '../../../shared/api/contract';
import type { Model, ModelId } from '../../../shared/domain/model';
import type { StudioApp } from '../../app/studio-app';

/** Absolute path of a model's `.tflite`: scripts want the file, not the id. */
export async function modelPath(app: StudioApp, modelId: ModelId): Promise<string> {
  const media = await app.media(`model/${modelId}.tflite`);
  if (media?.kind === 'file') return media.path;
  throw new AppError(
    'not-found',
    `The file of ${modelId} is gone.`,
    'Train or quantize again; "pocketlens status" lists the models there are.',
  );
}

/**
 * The model that `latest` means: the newest trained one.
 * @throws AppError 'not-ready' when there is none.
 */
export async function latestTrained(client: StudioClient): Promise<Model> {
  const { models } = await client.call('models.list', {});
  const model = models.find(({ parentId }) => parentId === undefined);
  if (model) return model;
  throw new AppError(
    'not-ready',
    'This project has no trained model yet.',
    'Train one with "pocketlens train DIR".',
  );
}

/**
 * The two models a comparison is mostly about: the newest quantized one and what it was made
 * from, the parent first.
 * @throws AppError 'not-ready' when nothing was quantized.
 */
export async function latestPair(client: StudioClient): Promise<[ModelId, ModelId]> {
  const { models } = await client.call('models.list', {});
  const known = new Set(models.map(({ id }) => id));
  for (const { id, parentId } of models) {
    if (parentId !== undefined && known.has(parentId)) return [parentId, id];
  }
  throw new AppError(
    'not-ready',
    'This project has no quantized model to compare with its parent.',
    'Make one with "pocketlens quantize DIR", or name two models with --models.',
  );
}
