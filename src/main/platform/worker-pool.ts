import { AppError } from '../../shared/api/errors';
import type { TaskInput, TaskName, TaskOutput, TaskProgress } from '../workers/tasks';
import { startWorkerThread, type WorkerThread, type WorkerThreadOptions } from './worker-thread';

export interface RunOptions<Name extends TaskName> {
  signal?: AbortSignal;
  onProgress?(progress: TaskProgress<Name>): void;
  /** 'background' tasks wait until no other task wants a worker and nothing holds them. */
  priority?: 'normal' | 'background';
}

/** Worker threads that run tasks. Errors thrown by a task arrive as AppError with its code. */
export interface WorkerPool {
  readonly size: number;
  /**
   * Runs a task as soon as a worker is free. When `signal` is aborted the promise rejects with
   * 'cancelled' once the task has really stopped.
   */
  run<Name extends TaskName>(
    name: Name,
    input: TaskInput<Name>,
    options?: RunOptions<Name>,
  ): Promise<TaskOutput<Name>>;
  /**
   * Begins no background task for so long, counted from the last call: a person is looking, and the
   * cores are needed to draw. What runs goes on.
   */
  holdBackground(milliseconds: number): void;
  /**
   * Has a thread there when the first task comes: starting one takes a good part of a second, for which
   * somebody would wait. Nothing where there is one.
   */
  prepare(): void;
  /** Cancels what runs and ends the threads. */
  dispose(): Promise<void>;
}

/** `workerFile` is the built `workers/worker.ts`, or a test's own. */
export interface WorkerPoolOptions extends Omit<WorkerThreadOptions, 'onExit'> {
  /** Threads at most; each is started when a task first needs it. */
  size: number;
  /** A task that has not stopped so long after it was asked to is ended with its thread. */
  cancelGraceMs?: number;
}

interface Task {
  name: string;
  input: unknown;
  onProgress(progress: unknown): void;
  resolve(output: unknown): void;
  reject(error: unknown): void;
  /** Set while it runs. */
  thread?: WorkerThread;
  cancelled: boolean;
  graceTimer?: NodeJS.Timeout;
}

const CANCEL_GRACE_MS = 10_000;
/** Who closes the program should not wait so long. */
const DISPOSE_GRACE_MS = 3_000;

export function createWorkerPool({
  size,
  cancelGraceMs = CANCEL_GRACE_MS,
  ...threadOptions
}: WorkerPoolOptions): WorkerPool {
  const threads = new Set<WorkerThread>();
  const idle: WorkerThread[] = [];
  const waiting = { normal: [] as Task[], background: [] as Task[] };
  /** Running tasks with the promise that resolves when all is settled. */
  const running = new Map<Task, Promise<void>>();
  let disposed = false;
  /** Set while background tasks are held. */
  let holdTimer: NodeJS.Timeout | undefined;

  function startThread(): WorkerThread {
    const thread = startWorkerThread({
      ...threadOptions,
      onExit() {
        threads.delete(thread);
        const index = idle.indexOf(thread);
        if (index >= 0) idle.splice(index, 1);
        dispatch();
      },
    });
    threads.add(thread);
    return thread;
  }

  function dispatch(): void {
    while (!disposed && (idle.length > 0 || threads.size < size)) {
      const task = waiting.normal.shift() ?? (holdTimer ? undefined : waiting.background.shift());
      if (!task) return;
      try {
        running.set(task, execute(task, idle.pop() ?? startThread()));
      } catch (error) {
        task.reject(error);
      }
    }
  }

  async function execute(task: Task, thread: WorkerThread): Promise<void> {
    task.thread = thread;
    try {
      task.resolve(await thread.run(task.name, task.input, task.onProgress));
    } catch (error) {
      task.reject(task.cancelled ? cancelledError() : error);
    } finally {
      clearTimeout(task.graceTimer);
      running.delete(task);
      if (threads.has(thread)) idle.push(thread);
      dispatch();
    }
  }

  function cancel(task: Task, graceMs = cancelGraceMs): void {
    task.cancelled = true;
    const { thread } = task;
    if (!thread) {
      for (const queue of [waiting.normal, waiting.background]) {
        const index = queue.indexOf(task);
        if (index >= 0) queue.splice(index, 1);
      }
      return task.reject(cancelledError());
    }
    thread.cancel();
    task.graceTimer ??= setTimeout(() => {
      threadOptions.log.warn(`The task ${task.name} did not stop when asked; its thread is ended`);
      void thread.end();
    }, graceMs);
  }

  return {
    size,
    async run(name, input, options = {}) {
      const { signal, onProgress, priority = 'normal' } = options;
      if (disposed || signal?.aborted) throw cancelledError();
      const { promise, resolve, reject } = deferred();
      const task: Task = {
        name,
        input,
        onProgress: (progress) => onProgress?.(progress as TaskProgress<typeof name>),
        resolve,
        reject,
        cancelled: false,
      };
      const onAbort = () => cancel(task);
      signal?.addEventListener('abort', onAbort, { once: true });
      waiting[priority].push(task);
      dispatch();
      try {
        return (await promise) as TaskOutput<typeof name>;
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
    },
    prepare() {
      if (!disposed && threads.size === 0) idle.push(startThread());
    },
    holdBackground(milliseconds) {
      clearTimeout(holdTimer);
      holdTimer = setTimeout(() => {
        holdTimer = undefined;
        dispatch();
      }, milliseconds);
    },
    async dispose() {
      disposed = true;
      clearTimeout(holdTimer);
      const grace = Math.min(cancelGraceMs, DISPOSE_GRACE_MS);
      for (const task of [...waiting.normal, ...waiting.background]) cancel(task);
      for (const task of running.keys()) cancel(task, grace);
      await Promise.all(running.values());
      await Promise.all([...threads].map((thread) => thread.end()));
    },
  };
}

function deferred() {
  let resolve: (value: unknown) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<unknown>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

const cancelledError = () => new AppError('cancelled', 'Cancelled.');
