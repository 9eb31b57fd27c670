import { inBatches } from './in-batches';
import type { TaskInput, TaskName, TaskOutput, TaskProgress } from '../workers/tasks';
import type { WorkerPool } from './worker-pool';

/** Tasks that count what they are done with. */
type CountingTask = {
  [Name in TaskName]: TaskProgress<Name> extends { done: number } ? Name : never;
}[TaskName];

interface PartsOptions {
  signal: AbortSignal;
  /** Of all parts together. */
  onProgress(done: number): void;
}

/**
 * Runs a task on each part of something, on all workers at once.
 * @returns what it gave for each part, in order
 * @throws the first error, once the other parts, of no use any more, have stopped
 */
export async function runInParts<Name extends CountingTask, Item>(
  workers: WorkerPool,
  name: Name,
  parts: readonly (readonly Item[])[],
  inputOf: (part: readonly Item[]) => TaskInput<Name>,
  options: PartsOptions,
): Promise<TaskOutput<Name>[]> {
  const done = parts.map(() => 0);
  const siblings = new AbortController();
  const signal = AbortSignal.any([options.signal, siblings.signal]);
  const running = parts.map((part, index) =>
    workers.run(name, inputOf(part), {
      signal,
      onProgress: (progress) => {
        done[index] = progress.done;
        options.onProgress(done.reduce((sum, count) => sum + count, 0));
      },
    }),
  );
  return Promise.all(running).catch(async (error: unknown) => {
    siblings.abort();
    await Promise.allSettled(running);
    throw error;
  });
}

/** As many parts as workers, or more where a part would be larger than `most`. */
export function cutIntoParts<Item>(
  items: readonly Item[],
  workers: number,
  most = Number.POSITIVE_INFINITY,
): Item[][] {
  const size = Math.min(most, Math.max(1, Math.ceil(items.length / workers)));
  return inBatches(items, size);
}
