import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { AppError, fromShape } from '../../shared/api/errors';
import type { Logger } from './logger';
import type { FromWorker, ToWorker } from './worker-messages';

export interface WorkerThreadOptions {
  workerFile: string;
  /** Default Node's: as much heap as this process may have. */
  resourceLimits?: ResourceLimits;
  log: Logger;
  /** Called once, when the thread has ended for whatever reason. */
  onExit(): void;
}

/** One thread that runs one task at a time. */
export interface WorkerThread {
  /** Rejects when the task fails or the thread ends under it. */
  run(name: string, input: unknown, onProgress: (progress: unknown) => void): Promise<unknown>;
  /** Asks the running task to stop; it rejects with 'cancelled' when it has. */
  cancel(): void;
  end(): Promise<void>;
}

interface Running {
  id: number;
  onProgress(progress: unknown): void;
  resolve(output: unknown): void;
  reject(error: AppError): void;
}

export function startWorkerThread({
  workerFile,
  resourceLimits,
  log,
  onExit,
}: WorkerThreadOptions): WorkerThread {
  // Their own streams: a task must not write into the standard output of a command line.
  const worker = new Worker(workerFile, {
    resourceLimits,
    stdout: true,
    stderr: true,
  });
  forwardLines(worker.stdout, (line) => log.info(`worker: ${line}`));
  forwardLines(worker.stderr, (line) => log.warn(`worker: ${line}`));

  let running: Running | undefined;
  let nextId = 1;
  let death: unknown;

  const post = (message: ToWorker) => worker.postMessage(message);

  worker.on('message', (message: FromWorker) => {
    if (message.id !== running?.id) return;
    if (message.type === 'progress') return running.onProgress(message.progress);
    const { resolve, reject } = running;
    running = undefined;
    if (message.type === 'done') return resolve(message.output);
    if (message.stack) log.error('A task failed', message.stack);
    reject(fromShape(message.error));
  });

  worker.on('error', (error) => {
    death = error;
    log.error('A worker thread failed', error);
  });

  worker.on('exit', (code) => {
    if (running) {
      if (death === undefined) log.error(`A worker thread ended with code ${code} during a task`);
      running.reject(explainDeath(death));
    }
    running = undefined;
    onExit();
  });

  return {
    run(name, input, onProgress) {
      return new Promise((resolve, reject) => {
        const id = nextId++;
        running = { id, onProgress, resolve, reject };
        post({ type: 'run', id, name, input });
      });
    },
    cancel() {
      if (running) post({ type: 'cancel', id: running.id });
    },
    async end() {
      await worker.terminate();
    },
  };
}

function explainDeath(error: unknown): AppError {
  const outOfMemory =
    error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return outOfMemory
    ? new AppError(
        'runtime-failed',
        'There was not enough memory for this.',
        'Close other programs and start it again.',
        { cause: error },
      )
    : new AppError(
        'internal',
        'A part of Pocketlens Studio that was computing stopped unexpectedly.',
        'Start it again. If it happens again, the log file says more.',
        { cause: error },
      );
}

function forwardLines(stream: Readable, write: (line: string) => void): void {
  createInterface({ input: stream }).on('line', write);
}
