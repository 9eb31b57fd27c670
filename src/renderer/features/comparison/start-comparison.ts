import type { MethodInput } from '@shared/api/contract';
import type { Comparison } from '@shared/domain/comparison';
import type { Studio } from '../../stores/create-studio';
import { chosenModels } from './chosen-models';

type Parts = Pick<Studio, 'client' | 'stores'>;

/** What would be compared now; undefined while that is not two different models or more. */
function request({ stores }: Parts) {
  const { choice } = stores.comparisons.getState();
  const { first, others } = chosenModels(choice, stores.models.getState().models ?? []);
  if (!first || others.length === 0) return undefined;
  return { modelIds: [first, ...others].map(({ id }) => id), split: choice.split };
}

export const canCompare = (parts: Parts): boolean => request(parts) !== undefined;

/** Runs the chosen comparison; the place shows it as soon as it is there. */
export async function startComparison(parts: Parts): Promise<void> {
  const input = request(parts);
  if (input) await compare(parts, input);
}

/** The same models on the same split, as its photos are now. */
export const repeatComparison = (parts: Parts, { models, split }: Comparison): Promise<void> =>
  compare(parts, { modelIds: models.map(({ modelId }) => modelId), split });

async function compare({ client, stores }: Parts, input: MethodInput<'evaluation.compare'>) {
  await client.call('evaluation.compare', input);
  stores.comparisons.getState().open(undefined);
}
