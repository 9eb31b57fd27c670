import type { TensorData, TensorInfo } from '../runtime';

/** To the process that holds LiteRT's library. `model` is a number that the caller chose. */
export type ToNative =
  /** `inputFile` is the path of an `InputFile` that inputs will lie in. */
  | { type: 'load'; id: number; model: number; file: Uint8Array; inputFile: string | undefined }
  | { type: 'run'; id: number; model: number; inputs: readonly TensorData[] }
  /** As 'run', with inputs that lie in the model's `InputFile` from `at` on. */
  | { type: 'run-from-file'; id: number; model: number; at: number }
  | { type: 'dispose'; id: number; model: number }
  /** Loads the file at `path` and runs it on zeros, for what that takes; keeps nothing. */
  | { type: 'weigh'; id: number; path: string };

export interface Loaded {
  inputs: TensorInfo[];
  outputs: TensorInfo[];
  loadMs: number;
}

export interface Opened {
  /** Whether the process could open the `InputFile`. */
  readsFile: boolean;
}

export interface Ran {
  outputs: TensorData[];
  runMs: number;
}

export interface Weighed {
  /** Resident memory of the process at its highest, above what it had before the model. */
  peakBytes: number;
}

/** Which call of LiteRT failed: the file, its preparation, an inference, the library itself. */
export type FailedStage = 'read' | 'prepare' | 'run' | 'open';

/** One answer a message; the first, to no message, has the id 0: the library is open. */
export type FromNative =
  | { type: 'ready'; id: number }
  | ({ type: 'loaded'; id: number } & Loaded & Opened)
  | ({ type: 'ran'; id: number } & Ran)
  | { type: 'disposed'; id: number }
  | ({ type: 'weighed'; id: number } & Weighed)
  | { type: 'failed'; id: number; stage: FailedStage; reason: string };

/**
 * What the process writes to standard error after each call, so that what LiteRT logged during
 * the call is known to be complete: pipe and answers are separate ways.
 */
export const endOfCall = (id: number): string => `pocketlens: end of call ${id}`;
