import { throwIfCancelled } from '../../shared/api/errors';
import { topAnswer } from '../../shared/domain/comparison-math';
import { createClassifier } from '../engine/runtime/classifier';
import { readModelInputs } from './model-inputs';
import { readModelFile } from './read-model-file';
import type { TaskImplementation } from './task-context';

/** Whether a file says the same on both implementations of LiteRT. */
export const crossCheck: TaskImplementation<'cross-check'> = async (input, context) => {
  const { modelFile, preprocessing, photos, cacheFile } = input;
  throwIfCancelled(context.signal);
  const runtime = await context.runtime();
  const other = await context.otherRuntime();
  if (!other) return {};
  const file = await readModelFile(modelFile);
  const model = await runtime.load(file);
  try {
    const second = await other.load(file);
    try {
      const classify = createClassifier(model, preprocessing);
      const classifyAgain = createClassifier(second, preprocessing);
      const cache = context.cache(cacheFile);
      let read = 0;
      let sameLabel = 0;
      let largestDifference = 0;
      for await (const photo of readModelInputs(photos, preprocessing, cache, context.signal)) {
        context.report({ done: photo.index + 1 });
        if ('failure' in photo) continue;
        const answer = await classify(photo.pixels);
        const again = await classifyAgain(photo.pixels);
        read += 1;
        if (topAnswer(answer) === topAnswer(again)) sameLabel += 1;
        answer.forEach((value, label) => {
          const difference = Math.abs(value - (again[label] ?? Number.NaN));
          // Keeps what is no number, unlike a comparison.
          largestDifference = Math.max(largestDifference, difference);
        });
      }
      if (read === 0) return {};
      const runtimes: [string, string] = [runtime.name, other.name];
      return { checked: { runtimes, photos: read, sameLabel, largestDifference } };
    } finally {
      second.dispose();
    }
  } finally {
    model.dispose();
  }
};
