import type { Preprocessing } from '../../../shared/domain/preprocessing';
import { cutIntoParts, runInParts } from '../../platform/run-in-parts';
import type { WorkerPool } from '../../platform/worker-pool';
import type { PhotoFailure, PhotoSource } from '../../workers/tasks';

/** Loading a model costs a worker about as much as seven photos; smaller batches waste that. */
const largestBatch = 256;

export interface AnswerRequest {
  modelFile: string;
  preprocessing: Preprocessing;
  photos: readonly PhotoSource[];
  cacheFile: string;
  signal: AbortSignal;
  /** Photos answered so far. */
  onProgress(done: number): void;
}

export interface Answers {
  /** One row of probabilities a photo, in order of `photos`; undefined where it failed. */
  rows: (number[] | undefined)[];
  failures: PhotoFailure[];
  runtime: string;
}

/** One model's answers to all photos, in batches over all workers. */
export async function answerAll(workers: WorkerPool, request: AnswerRequest): Promise<Answers> {
  const { modelFile, preprocessing, photos, cacheFile, onProgress } = request;
  const batches = cutIntoParts(photos, workers.size, largestBatch);
  const outputs = await runInParts(
    workers,
    'answer-photos',
    batches,
    (batch) => ({ modelFile, preprocessing, photos: [...batch], cacheFile }),
    { signal: request.signal, onProgress },
  );
  const width = preprocessing.labels.length;
  const failures = outputs.flatMap((output) => output.failures);
  const failed = new Set(failures.map((failure) => failure.photoId));
  const rows = batches.flatMap((batch, index) =>
    batch.map((photo, row) => {
      const probabilities = outputs[index]?.probabilities.subarray(row * width, (row + 1) * width);
      return failed.has(photo.photoId) || !probabilities ? undefined : toNumbers(probabilities);
    }),
  );
  return { rows, failures, runtime: outputs[0]?.runtime ?? '' };
}

/** Seven digits are what float32 holds; more would only be noise in the saved record. */
function toNumbers(probabilities: Float32Array): number[] {
  return Array.from(probabilities, (value) => Number(value.toPrecision(7)));
}
