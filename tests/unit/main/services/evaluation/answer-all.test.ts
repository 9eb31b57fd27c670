import { describe, expect, it } from 'vitest';
import { answerAll } from '@main/services/evaluation/answer-all';
import type { TaskImplementation } from '@main/workers/task-context';
import type { PhotoSource } from '@main/workers/tasks';
import { AppError } from '@shared/api/errors';
import { createPreprocessing } from '../../../../fakes/fake-model';
import { createInlineWorkerPool } from '../../../../fakes/inline-worker-pool';

const photosOf = (count: number): PhotoSource[] =>
  Array.from({ length: count }, (_, index) => ({
    photoId: index + 1,
    sha256: '',
    path: `${index + 1}.jpg`,
  }));

function ask(
  task: TaskImplementation<'answer-photos'>,
  { photos = 5, workers = 2, signal = new AbortController().signal } = {},
) {
  const progress: number[] = [];
  const answers = answerAll(createInlineWorkerPool({ 'answer-photos': task }, workers), {
    modelFile: 'model.tflite',
    preprocessing: createPreprocessing(),
    photos: photosOf(photos),
    cacheFile: 'cache',
    signal,
    onProgress: (done) => progress.push(done),
  });
  return { answers, progress };
}

/** Answers each photo with its own number. */
const echo: TaskImplementation<'answer-photos'> = ({ photos }, { report }) => {
  report({ done: photos.length });
  return Promise.resolve({
    probabilities: Float32Array.from(photos.flatMap(({ photoId }) => [photoId, 0.1])),
    failures: [],
    runtime: 'Fake runtime 1.0',
  });
};

describe('answerAll', () => {
  it('keeps the order of photos over batches, and adds up their progress', async () => {
    const { answers, progress } = ask(echo);
    const { rows, runtime } = await answers;
    // float32 has seven digits: 0.1 comes back as 0.1, not as 0.10000000149.
    expect(rows).toEqual([1, 2, 3, 4, 5].map((photoId) => [photoId, 0.1]));
    expect(runtime).toBe('Fake runtime 1.0');
    expect(progress).toEqual([3, 5]);
  });

  it('shares the photos among the workers, at most 256 to a batch', async () => {
    const sizes: number[] = [];
    const count: typeof echo = (input, context) => {
      sizes.push(input.photos.length);
      return echo(input, context);
    };
    await ask(count, { photos: 10, workers: 4 }).answers;
    expect(sizes).toEqual([3, 3, 3, 1]);
    sizes.length = 0;
    await ask(count, { photos: 600, workers: 2 }).answers;
    expect(sizes).toEqual([256, 256, 88]);
  });

  it('stops the other batches when one fails', async () => {
    const stopped: number[] = [];
    const { answers } = ask(({ photos }, { signal }) => {
      const [first] = photos;
      if (first?.photoId === 1) return Promise.reject(new AppError('model-broken', 'Refused.'));
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          stopped.push(first?.photoId ?? 0);
          reject(new AppError('cancelled', 'Cancelled.'));
        });
      });
    });
    await expect(answers).rejects.toMatchObject({ code: 'model-broken' });
    expect(stopped).toEqual([4]);
  });

  it('passes a cancel on', async () => {
    const { answers } = ask(echo, { signal: AbortSignal.abort() });
    await expect(answers).rejects.toMatchObject({ code: 'cancelled' });
  });
});
