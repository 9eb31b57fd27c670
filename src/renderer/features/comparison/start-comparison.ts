import type { Studio } from '../../stores/create-studio';
import { chosenModels } from './chosen-models';

type Parts = Pick<Studio, 'client' | 'stores'>;

/** What would be compared now; undefined while that is not two different models. */
function request({ stores }: Parts) {
  const { choice } = stores.comparisons.getState();
  const { first, second } = chosenModels(choice, stores.models.getState().models ?? []);
  if (!first || !second || first.id === second.id) return undefined;
  return { modelIds: [first.id, second.id], split: choice.split };
}

export const canCompare = (parts: Parts): boolean => request(parts) !== undefined;

/** Runs the chosen comparison; the place shows it as soon as it is there. */
export async function startComparison(parts: Parts): Promise<void> {
  const input = request(parts);
  if (!input) return;
  await parts.client.call('evaluation.compare', input);
  parts.stores.comparisons.getState().open(undefined);
}
