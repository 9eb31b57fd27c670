import type { MessagePort, Transferable } from 'node:worker_threads';
import { AppError, toShape } from '../../shared/api/errors';
import type { FromWorker, ToWorker } from '../platform/worker-messages';
import type { TaskContext, TaskImplementation } from './task-context';
import type { TaskName } from './tasks';

export type TaskRegistry = { [Name in TaskName]: TaskImplementation<Name> };

type AnyTask = (
  input: unknown,
  context: SharedContext & { signal: AbortSignal; report(progress: unknown): void },
) => Promise<unknown>;

/** What a worker lends to all its tasks: its runtimes and caches, and the way to TensorFlow. */
export type SharedContext = Pick<
  TaskContext<TaskName>,
  'runtime' | 'otherRuntime' | 'cache' | 'tuner'
>;

/** Runs the tasks that the pool asks for, until the thread ends. */
export function serveTasks(
  port: MessagePort,
  registry: Partial<TaskRegistry>,
  shared: SharedContext,
): void {
  const controllers = new Map<number, AbortController>();
  const post = (message: FromWorker, transfer: Transferable[] = []) =>
    port.postMessage(message, transfer);

  async function run(id: number, name: string, input: unknown): Promise<void> {
    const controller = new AbortController();
    controllers.set(id, controller);
    try {
      // The pool types name and input by the same table of tasks: they belong together.
      const implementation = registry[name as TaskName] as AnyTask | undefined;
      if (!implementation) throw new Error(`There is no task ${name}`);
      const report = (progress: unknown) => post({ type: 'progress', id, progress });
      const output = await implementation(input, { ...shared, signal: controller.signal, report });
      post({ type: 'done', id, output }, ownBuffers(output));
    } catch (error) {
      const stack = error instanceof AppError ? undefined : describe(error);
      post({ type: 'failed', id, error: toShape(error), stack });
    } finally {
      controllers.delete(id);
    }
  }

  port.on('message', (message: ToWorker) => {
    if (message.type === 'cancel') controllers.get(message.id)?.abort();
    else void run(message.id, message.name, message.input);
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Buffers of the typed arrays in an output's fields, to be handed over and not copied. A view of
 * part of a buffer (Node's small Buffers share one) is copied.
 */
function ownBuffers(output: unknown): ArrayBuffer[] {
  if (typeof output !== 'object' || output === null) return [];
  const buffers = new Set<ArrayBuffer>();
  for (const value of Object.values(output)) {
    if (!ArrayBuffer.isView(value) || !(value.buffer instanceof ArrayBuffer)) continue;
    if (value.byteLength === value.buffer.byteLength) buffers.add(value.buffer);
  }
  return [...buffers];
}
