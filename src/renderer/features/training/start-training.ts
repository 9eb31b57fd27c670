import type { TrainingSettings } from '@shared/domain/model';
import type { Studio } from '../../stores/create-studio';

/** Starts a training; the place shows its curves from then on. */
export async function startTraining(
  { client, stores }: Pick<Studio, 'client' | 'stores'>,
  settings: Partial<TrainingSettings>,
): Promise<void> {
  await client.call('training.start', { settings });
  stores.training.getState().select(undefined);
}
