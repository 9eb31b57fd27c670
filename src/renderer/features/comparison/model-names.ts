import type { ModelResult } from '@shared/domain/comparison';
import { shortName } from '@shared/domain/verdict';

/** Short names by which the models of a comparison can be told apart, as the verdict uses them. */
export function modelNames(models: readonly ModelResult[]): string[] {
  const names = models.map((model) => shortName(model, models));
  const isAlone = (name: string) => names.filter((other) => other === name).length === 1;
  return names.map((name, index) => (isAlone(name) ? name : `${name} (${models[index]?.modelId})`));
}
