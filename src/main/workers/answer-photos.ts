import { throwIfCancelled } from '../../shared/api/errors';
import { createClassifier } from '../engine/runtime/classifier';
import { readModelInputs } from './model-inputs';
import { readModelFile } from './read-model-file';
import { runAhead } from './run-ahead';
import type { TaskImplementation } from './task-context';
import type { PhotoFailure } from './tasks';

/** What any classifier file says about photos, through its preprocessing contract. */
export const answerPhotos: TaskImplementation<'answer-photos'> = async (input, context) => {
  const { modelFile, preprocessing, photos, cacheFile } = input;
  throwIfCancelled(context.signal);
  const cache = cacheFile === undefined ? undefined : context.cache(cacheFile);
  const classes = preprocessing.labels.length;
  const probabilities = new Float32Array(photos.length * classes);
  const failures: PhotoFailure[] = [];
  const runtime = await context.runtime();
  const model = await runtime.load(await readModelFile(modelFile));
  try {
    const classify = createClassifier(model, preprocessing);
    const reads = readModelInputs(photos, preprocessing, cache, context.signal);
    const answers = runAhead(reads, (read) =>
      'failure' in read ? undefined : classify(read.pixels),
    );
    for await (const { item, answer } of answers) {
      if ('failure' in item) failures.push(item.failure);
      if (answer) probabilities.set(answer, item.index * classes);
      context.report({ done: item.index + 1 });
    }
  } finally {
    model.dispose();
  }
  return { probabilities, failures, runtime: runtime.name };
};
