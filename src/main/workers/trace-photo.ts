import { throwIfCancelled } from '../../shared/api/errors';
import { decodeOutput } from '../engine/runtime/decode-output';
import { createInputEncoder } from '../engine/runtime/encode-input';
import { readModelInput } from './model-input';
import { readModelFile } from './read-model-file';
import type { TaskImplementation } from './task-context';

/** One photo's way through a model, step by step: the worked example of an export. */
export const tracePhoto: TaskImplementation<'trace-photo'> = async (input, context) => {
  const { modelFile, preprocessing, photo, cacheFile } = input;
  throwIfCancelled(context.signal);
  const cache = cacheFile === undefined ? undefined : context.cache(cacheFile);
  const pixels = await readModelInput(photo, preprocessing, cache);
  const stored = createInputEncoder(preprocessing)(pixels);
  const runtime = await context.runtime();
  const model = await runtime.load(await readModelFile(modelFile));
  try {
    const [output] = await model.run([stored]);
    if (!output) throw new RangeError('A classifier answers with one tensor');
    return {
      pixels,
      firstStored: Array.from(stored.subarray(0, 3 * 4)),
      storedOutput: Array.from(output),
      probabilities: Array.from(decodeOutput(output, preprocessing.output)),
      runtime: runtime.name,
    };
  } finally {
    model.dispose();
  }
};
