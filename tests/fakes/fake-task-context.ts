import type { Runtime } from '@main/engine/runtime/runtime';
import type { TaskContext } from '@main/workers/task-context';
import type { TaskName } from '@main/workers/tasks';

/** What a worker thread lends to a task, with the given runtime and no cache. */
export function createTaskContext<Name extends TaskName>(
  runtime: Runtime,
  changes: Partial<TaskContext<Name>> = {},
): TaskContext<Name> {
  return {
    signal: new AbortController().signal,
    report: () => undefined,
    runtime: () => Promise.resolve(runtime),
    otherRuntime: () => Promise.resolve(undefined),
    cache: () => {
      throw new Error('This test has no cache');
    },
    tuner: () => Promise.reject(new Error('This test has no TensorFlow')),
    ...changes,
  };
}
