import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../../shared/api/errors';
import { describeGraph as describe } from '../engine/graph/describe-graph';
import { readModelFile } from './read-model-file';
import type { TaskImplementation } from './task-context';

export const describeGraph: TaskImplementation<'describe-graph'> = async (
  { modelFile },
  { signal },
) => {
  throwIfCancelled(signal);
  const file = await readModelFile(modelFile);
  throwIfCancelled(signal);
  const sha256 = createHash('sha256').update(file).digest('hex');
  return { bytes: file.length, sha256, ...describe(file) };
};
