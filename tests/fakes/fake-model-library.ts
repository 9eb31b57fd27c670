import { join } from 'node:path';
import type { Models } from '@main/services/ports';
import { AppError } from '@shared/api/errors';
import type { Model } from '@shared/domain/model';

export interface FakeModelLibrary extends Models {
  readonly records: Model[];
}

/** A model library in memory; files are named `FOLDER/<id>.tflite` and nobody writes them. */
export function createFakeModelLibrary(folder: string, records: Model[] = []): FakeModelLibrary {
  const listeners = new Set<() => void>();
  return {
    records,
    list: () => [...records].reverse(),
    get(id) {
      const model = records.find((record) => record.id === id);
      if (!model) throw new AppError('not-found', `There is no model ${id}.`);
      return model;
    },
    file: (model) => join(folder, `${model.id}.tflite`),
    nextId: () => `model-${records.length + 1}`,
    temporaryFile: (id) => join(folder, `${id}.part`),
    add(model) {
      records.push(model);
      for (const listener of listeners) listener();
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
