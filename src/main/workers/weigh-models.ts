import { throwIfCancelled } from '../../shared/api/errors';
import type { ModelMemory } from '../../shared/domain/comparison';
import type { TaskImplementation } from './task-context';

/** The least of them counts: what else a process does in between only adds to what a model needs. */
const starts = 2;

export const weighModels: TaskImplementation<'weigh-models'> = async ({ files }, context) => {
  const { signal, report } = context;
  const runtime = await context.runtime();
  const memory: (ModelMemory | undefined)[] = [];
  for (const [index, file] of files.entries()) {
    let least: ModelMemory | undefined;
    for (let start = 0; start < starts; start += 1) {
      throwIfCancelled(signal);
      const weighed = await runtime.weigh?.(file);
      if (weighed && weighed.peakBytes < (least?.peakBytes ?? Infinity)) least = weighed;
    }
    memory.push(least);
    report({ done: index + 1 });
  }
  return { memory };
};
