import { AppError, type ErrorCode } from '../../../shared/api/errors';

export interface CallFailure {
  code: ErrorCode;
  /** What failed, a sentence without its full stop; LiteRT's own words follow. */
  message: string;
  remedy: string;
}

export const unreadable: CallFailure = {
  code: 'model-unreadable',
  message: 'LiteRT cannot read this model file',
  remedy: 'Check that the file is a complete .tflite file.',
};

export const notPrepared: CallFailure = {
  code: 'model-broken',
  message: 'LiteRT cannot prepare this model',
  remedy: 'Export the model again. If it came from elsewhere, it may need a newer LiteRT.',
};

export const runFailed: CallFailure = {
  code: 'runtime-failed',
  message: 'LiteRT failed while running the model',
  remedy: 'Try again. If it happens again, export the model again.',
};

/** The first line names the reason; those after it say that the callers failed too. */
export function failed(failure: CallFailure, lines: readonly string[], cause?: unknown): AppError {
  const reason = (lines[0] ?? 'no reason given').replace(/\.+$/, '');
  return new AppError(failure.code, `${failure.message}: ${reason}.`, failure.remedy, { cause });
}
