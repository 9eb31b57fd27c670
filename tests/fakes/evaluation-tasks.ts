import type { TaskRegistry } from '@main/workers/serve-tasks';
import type { PhotoSource } from '@main/workers/tasks';

/** Both right on every photo, but that int8 takes photo 3 (a banana) for a hat. */
function answer(file: string, { photoId }: PhotoSource): number[] {
  const truth = (photoId - 1) % 2;
  const right = !(file.includes('model-2') && photoId === 3);
  const probability = right ? 0.9 : 0.2;
  return truth === 0 ? [probability, 1 - probability] : [1 - probability, probability];
}

/** What workers do for a comparison, of two models and photos 1 to 40, half of one label, half of another. */
export const evaluationTasks: Partial<TaskRegistry> = {
  'answer-photos': (input, { report }) => {
    report({ done: input.photos.length });
    return Promise.resolve({
      probabilities: Float32Array.from(
        input.photos.flatMap((photo) => answer(input.modelFile, photo)),
      ),
      failures: [],
      runtime: 'Fake runtime 1.0',
    });
  },
  'measure-latency': (input, { report }) => {
    report({ done: input.runs, total: input.runs });
    return Promise.resolve({
      models: input.models.map((_, index) => {
        const timesMs = Array.from({ length: input.runs }, (_value, run) => {
          return 8 - 4 * index + run / 1000;
        });
        return {
          loadMs: 30,
          timesMs,
          threadedTimesMs: input.alsoThreads === 2 ? timesMs.map((time) => time / 2) : undefined,
        };
      }),
      warmupRuns: input.warmupRuns,
      threads: 1,
      runtime: 'Fake runtime 1.0',
    });
  },
  'weigh-models': ({ files }, { report }) => {
    report({ done: files.length });
    return Promise.resolve({
      memory: files.map((_, index) => ({ peakBytes: 9000 - 1000 * index, of: 'process' as const })),
    });
  },
};
