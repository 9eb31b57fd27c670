import type { HandlersOf } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import type { modelsApi } from '../../../shared/api/models-api';
import { createModelFiles } from '../../platform/model-files';
import type { Models, ProjectContext } from '../ports';
import { createModelRepository } from './model-repository';

export interface ModelLibrary {
  models: Models;
  handlers: Omit<
    HandlersOf<typeof modelsApi>,
    'models.import' | 'models.graph' | 'models.graphOfFile'
  >;
}

/**
 * The models of a project: a row and three files each. A file counts only once its row is there,
 * so a program that is killed at any moment leaves no half model: what it left is swept up here.
 */
export function createModelLibrary({
  database,
  modelsFolder,
  trashFolder,
  emit,
  log,
}: Pick<
  ProjectContext,
  'database' | 'modelsFolder' | 'trashFolder' | 'emit' | 'log'
>): ModelLibrary {
  const repository = createModelRepository(database);
  const files = createModelFiles(modelsFolder, trashFolder);
  const swept = files.sweep((id) => repository.has(id));
  if (swept.length > 0) log.warn(`Swept up what no model needs: ${swept.join(', ')}`);
  // Ids are given to jobs before their models are added, so the table alone can't say.
  let lastNumber = repository.lastNumber();
  const listeners = new Set<() => void>();

  function tell(): void {
    emit('models.changed', {});
    for (const listener of listeners) listener();
  }

  const models: Models = {
    list: () => repository.list(),
    get: (id) => repository.get(id),
    file(model) {
      if (files.exists(model.id)) return files.path(model.id);
      throw new AppError(
        'model-unreadable',
        `The file of ${model.name} is gone from the project's folder.`,
        `Put ${model.id}.tflite back into ${modelsFolder}, or train again.`,
      );
    },
    nextId: () => `model-${++lastNumber}`,
    temporaryFile: (id) => files.temporaryPath(id),
    add(model) {
      const { labels } = model.preprocessing;
      files.put(model.id, {
        labels: labels.map((label) => `${label}\n`).join(''),
        contract: `${JSON.stringify(model.preprocessing, undefined, 2)}\n`,
      });
      repository.insert(model);
      tell();
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  return {
    models,
    handlers: {
      'models.list': () => ({ models: repository.list() }),
      'models.get': ({ modelId }) => repository.get(modelId),
      'models.rename': ({ modelId, name }) => {
        const renamed = { ...repository.get(modelId), name };
        repository.update(renamed);
        tell();
        return renamed;
      },
      'models.remove': ({ modelId }) => {
        const { id } = repository.get(modelId);
        repository.markRemoved(id);
        files.discard(id);
        tell();
        return {};
      },
    },
  };
}
