import type { Runtime } from '../engine/runtime/runtime';
import type { Tuner } from '../engine/training/tfjs-node/connect-tuner';
import type { CacheStore } from '../platform/cache-store';
import type { TaskInput, TaskName, TaskOutput, TaskProgress } from './tasks';

/** What a worker thread lends to the task it runs; runtime and caches outlive the task. */
export interface TaskContext<Name extends TaskName> {
  signal: AbortSignal;
  report(progress: TaskProgress<Name>): void;
  /** This worker's LiteRT, loaded at the first call. */
  runtime(): Promise<Runtime>;
  /** Another implementation of LiteRT to check answers with; undefined where there is none. */
  otherRuntime(): Promise<Runtime | undefined>;
  cache(file: string): CacheStore;
  /** TensorFlow in a process of its own, started anew at each call; the task ends it. */
  tuner(): Promise<Tuner>;
}

export type TaskImplementation<Name extends TaskName> = (
  input: TaskInput<Name>,
  context: TaskContext<Name>,
) => Promise<TaskOutput<Name>>;
