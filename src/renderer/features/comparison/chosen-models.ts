import type { Model } from '@shared/domain/model';
import type { ComparisonChoice } from '../../stores/comparisons-store';

export interface ChosenModels {
  first?: Model;
  second?: Model;
}

/**
 * The two models to compare: what a person chose while the library has it, else the newest
 * quantized model and the float model it was made from, else the two newest.
 *
 * @param models newest first.
 */
export function chosenModels(
  { firstId, secondId }: Pick<ComparisonChoice, 'firstId' | 'secondId'>,
  models: readonly Model[],
): ChosenModels {
  const find = (id: string | undefined) => models.find((model) => model.id === id);
  const usual = usualModels(models);
  return { first: find(firstId) ?? usual.first, second: find(secondId) ?? usual.second };
}

function usualModels(models: readonly Model[]): ChosenModels {
  for (const second of models) {
    const first = models.find(({ id }) => id === second.parentId);
    if (first) return { first, second };
  }
  const [newest, before] = models;
  return before ? { first: before, second: newest } : { first: newest };
}
