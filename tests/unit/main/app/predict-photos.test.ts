import { predictPhotos } from '@main/app/predict-photos';
import type { WorkerPool } from '@main/platform/worker-pool';
import { AppError } from '@shared/api/errors';
import { describe, expect, it } from 'vitest';
import { createFakeLogger } from '../../../fakes/fake-logger';
import { createPreprocessing } from '../../../fakes/fake-model';
import { createInlineWorkerPool } from '../../../fakes/inline-worker-pool';

const preprocessing = createPreprocessing({ labels: ['banana', 'hat', 'truck'] });
const environment = { workerFile: 'worker.js', log: createFakeLogger() };

/** Workers whose model answers with these numbers, the second photo being unreadable. */
function workersThatAnswer(probabilities: number[]) {
  return createInlineWorkerPool({
    'read-contract': () => Promise.resolve({ preprocessing }),
    'answer-photos': ({ photos }) => {
      expect(photos.map(({ sha256 }) => sha256)).toEqual(['', '']);
      return Promise.resolve({
        probabilities: Float32Array.from(probabilities),
        failures: [{ photoId: 2, reason: 'The file is empty.' }],
        runtime: 'LiteRT',
      });
    },
  });
}

const predict = (workers: WorkerPool, signal?: AbortSignal) =>
  predictPhotos(environment, { modelFile: '/m.tflite', photos: ['/a', '/b'], signal }, workers);

describe('predictPhotos', () => {
  it('ranks the labels of each photo and says why one has no answer', async () => {
    const { runtime, predictions } = await predict(workersThatAnswer([0.25, 0.25, 0.5, 0, 0, 0]));
    expect(runtime).toBe('LiteRT');
    expect(predictions).toEqual([
      {
        labels: [
          { label: 'truck', probability: 0.5 },
          { label: 'banana', probability: 0.25 },
          { label: 'hat', probability: 0.25 },
        ],
      },
      { labels: [], error: 'The file is empty.' },
    ]);
  });

  it('refuses a model that answers with another number of labels', async () => {
    await expect(predict(workersThatAnswer([1, 0]))).rejects.toMatchObject({
      code: 'model-broken',
    });
  });

  it('ends its workers whatever happens', async () => {
    let disposed = 0;
    const workers: WorkerPool = {
      size: 1,
      holdBackground: () => undefined,
      prepare: () => undefined,
      run: () => Promise.reject(new AppError('cancelled', 'Cancelled.')),
      dispose: async () => void (disposed += 1),
    };
    await expect(predict(workers, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(disposed).toBe(1);
  });
});
