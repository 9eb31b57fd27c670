import type { z } from 'zod';
import type { statedContractSchema } from '../../../shared/domain/model';
import type { StatedContract } from '../../workers/tasks/model-tasks';

/** People give one number for all channels. */
export function toAllChannels({
  mean,
  std,
  ...rest
}: z.output<typeof statedContractSchema>): StatedContract {
  const all = (value: number): [number, number, number] => [value, value, value];
  return {
    ...rest,
    ...(mean === undefined ? {} : { mean: all(mean) }),
    ...(std === undefined ? {} : { std: all(std) }),
  };
}
