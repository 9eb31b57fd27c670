import { mostCompared } from '@shared/domain/comparison';
import type { Model } from '@shared/domain/model';
import type { ComparisonChoice } from '../../stores/comparisons-store';

export interface ChosenModels {
  first?: Model;
  /** Held against the first, in this order; never the first itself. */
  others: readonly Model[];
}

/** As many as a comparison takes beside its first model. */
export const mostOthers = mostCompared - 1;

/**
 * The models to compare: what a person chose while the library has it, else the newest
 * quantized model and the float model it was made from, else the two newest.
 *
 * @param models newest first.
 */
export function chosenModels(
  { firstId, otherIds }: Pick<ComparisonChoice, 'firstId' | 'otherIds'>,
  models: readonly Model[],
): ChosenModels {
  const find = (id: string | undefined) => models.find((model) => model.id === id);
  const usual = usualModels(models);
  const first = find(firstId) ?? usual.first;
  const found = otherIds?.flatMap((id) => find(id) ?? []);
  // Those that were removed since do not leave a person with nothing; taking all out does.
  const chosen = found && (found.length > 0 || otherIds?.length === 0) ? found : usual.others;
  return { first, others: chosen.filter(({ id }) => id !== first?.id) };
}

function usualModels(models: readonly Model[]): ChosenModels {
  for (const other of models) {
    const first = models.find(({ id }) => id === other.parentId);
    if (first) return { first, others: [other] };
  }
  const [newest, before] = models;
  return before && newest ? { first: before, others: [newest] } : { first: newest, others: [] };
}
