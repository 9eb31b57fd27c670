import type { ErrorShape } from '../domain/job';

/**
 * Every error that a person may see. `message` says what is wrong in one sentence, `remedy` what
 * to do about it. Survives the wire: the client throws it again with the same three fields.
 */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly remedy?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AppError';
  }

  toShape(): ErrorShape {
    return {
      code: this.code,
      message: this.message,
      ...(this.remedy === undefined ? {} : { remedy: this.remedy }),
    };
  }
}

export const errorCodes = [
  'bad-request',
  'cancelled',
  'not-found',
  'no-project',
  'project-exists',
  'project-missing',
  'project-locked',
  'project-newer',
  'project-damaged',
  'not-writable',
  'no-space',
  'nothing-to-import',
  /** A file that says what photos show (COCO, CSV, TFRecord, a project) is broken. */
  'source-unreadable',
  'label-exists',
  /** The test set is locked, and this would change it. */
  'test-locked',
  'not-ready',
  'busy',
  'photo-unreadable',
  'model-unreadable',
  'model-unsupported',
  'model-broken',
  'runtime-failed',
  'upload-refused',
  /** Asked more often than is allowed. */
  'too-many',
  /** A host refused the request before the program saw it: no token, another origin. */
  'forbidden',
  /** The phone was unplugged, or is not there. */
  'device-gone',
  /** The phone does not answer. */
  'device-stalled',
  /** The phone says no: locked, not trusted, access denied. */
  'device-refused',
  /** The app is not installed, was never started, or shares no files. */
  'app-missing',
  /** adb or libimobiledevice is not there, or does not work. */
  'tool-missing',
  /** The phone holds other bytes than were sent. */
  'hash-mismatch',
  'connection-lost',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

const knownCodes: ReadonlySet<string> = new Set(errorCodes);

export function fromShape(shape: ErrorShape): AppError {
  const code = knownCodes.has(shape.code) ? (shape.code as ErrorCode) : 'internal';
  return new AppError(code, shape.message, shape.remedy);
}

/**
 * What to show for anything thrown. An AppError speaks for itself; everything else is a defect:
 * the caller logs it with its stack, the person gets one sentence.
 */
export function toShape(error: unknown): ErrorShape {
  if (error instanceof AppError) return error.toShape();
  return {
    code: 'internal',
    message: 'Something went wrong inside Pocketlens Studio.',
    remedy: 'Try again. If it happens again, the log file says more.',
  };
}

export const isCancelled = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'cancelled';

/** Throws `cancelled` when the signal is aborted; call it between units of work. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('cancelled', 'Cancelled.');
}
