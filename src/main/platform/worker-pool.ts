import type { TaskInput, TaskName, TaskOutput, TaskProgress } from '../workers/tasks';

export interface RunOptions<Name extends TaskName> {
  signal?: AbortSignal;
  onProgress?(progress: TaskProgress<Name>): void;
  /** 'background' tasks wait until no other task wants a worker. */
  priority?: 'normal' | 'background';
}

/** Worker threads that run tasks. Errors thrown by a task arrive as AppError with its code. */
export interface WorkerPool {
  readonly size: number;
  run<Name extends TaskName>(
    name: Name,
    input: TaskInput<Name>,
    options?: RunOptions<Name>,
  ): Promise<TaskOutput<Name>>;
  /** Cancels what runs and ends the threads. */
  dispose(): Promise<void>;
}
