import type { ErrorShape } from '../../shared/domain/job';

/** What crosses between the pool and a worker thread. A worker runs one task at a time. */
export type ToWorker =
  | { type: 'run'; id: number; name: string; input: unknown }
  | { type: 'cancel'; id: number };

export type FromWorker =
  | { type: 'progress'; id: number; progress: unknown }
  | { type: 'done'; id: number; output: unknown }
  /** `stack` is there when the error is a defect and not an AppError. */
  | { type: 'failed'; id: number; error: ErrorShape; stack?: string };
