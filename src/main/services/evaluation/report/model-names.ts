import type { ModelResult } from '../../../../shared/domain/comparison';
import { shortName } from '../../../../shared/domain/verdict';

/** How the report calls a model, by its id. */
export function modelNames(models: readonly ModelResult[]): (id: string) => string {
  const names = new Map(models.map((model) => [model.modelId, shortName(model, models)]));
  return (id) => names.get(id) ?? id;
}
