import { AppError } from '../../shared/api/errors';

/** The largest classifiers take some seconds; a damaged file can keep a reader forever. */
const limitMs = 60_000;

/**
 * Reads a model file in a worker, for a minute at most: the pool ends a thread that does not stop
 * by itself.
 * @param read is given a signal that is aborted by `signal` and when the time is over.
 * @throws AppError 'model-unreadable' when the time is over; whatever `read` throws.
 */
export async function readWithinLimit<T>(
  fileName: string,
  signal: AbortSignal | undefined,
  read: (signal: AbortSignal) => Promise<T>,
  milliseconds = limitMs,
): Promise<T> {
  const limit = AbortSignal.timeout(milliseconds);
  try {
    return await read(signal ? AbortSignal.any([signal, limit]) : limit);
  } catch (error) {
    if (!limit.aborted || signal?.aborted) throw error;
    throw new AppError(
      'model-unreadable',
      `${fileName} could not be read within ${milliseconds / 1000} seconds.`,
      'It is probably damaged: export it anew.',
    );
  }
}
