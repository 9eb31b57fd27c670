import { AppError } from '../../shared/api/errors';
import type { HostEnvironment } from '../platform/host-environment';
import { createWorkerPool, type WorkerPool } from '../platform/worker-pool';

export interface PredictRequest {
  /** Absolute path of a `.tflite` file. */
  modelFile: string;
  /** Absolute paths. */
  photos: readonly string[];
  signal?: AbortSignal;
}

export interface Prediction {
  /** Most probable first; empty when the photo could not be read. */
  labels: { label: string; probability: number }[];
  /** Why there is no answer. */
  error?: string;
}

/**
 * Asks a model file about photos, without a project. Ends the workers it is lent.
 * @throws AppError 'model-unreadable', 'model-unsupported', 'cancelled'.
 */
export async function predictPhotos(
  { workerFile, log }: Pick<HostEnvironment, 'workerFile' | 'log'>,
  { modelFile, photos, signal }: PredictRequest,
  workers: WorkerPool = createWorkerPool({ workerFile, log, size: 1 }),
): Promise<{ runtime: string; predictions: Prediction[] }> {
  try {
    const { preprocessing } = await workers.run('read-contract', { modelFile }, { signal });
    const { labels } = preprocessing;
    const sources = photos.map((path, index) => ({ photoId: index + 1, sha256: '', path }));
    const { probabilities, failures, runtime } = await workers.run(
      'answer-photos',
      { modelFile, preprocessing, photos: sources },
      { signal },
    );
    if (probabilities.length !== photos.length * labels.length) {
      throw new AppError('model-broken', 'The model does not answer with one number a label.');
    }
    const reasons = new Map(failures.map(({ photoId, reason }) => [photoId, reason]));
    const predictions = sources.map(({ photoId }, index) => {
      const error = reasons.get(photoId);
      if (error !== undefined) return { labels: [], error };
      const row = probabilities.subarray(index * labels.length, (index + 1) * labels.length);
      return { labels: rank(labels, row) };
    });
    return { runtime, predictions };
  } finally {
    await workers.dispose();
  }
}

function rank(labels: readonly string[], probabilities: Float32Array): Prediction['labels'] {
  return labels
    .map((label, index) => ({ label, probability: probabilities[index] ?? 0 }))
    .sort((first, second) => second.probability - first.probability);
}
