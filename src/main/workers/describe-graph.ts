import { describeGraph as describe } from '../engine/graph/describe-graph';
import { readOpenedModel } from './read-opened-model';
import { throwIfCancelled } from '../../shared/api/errors';
import type { TaskImplementation } from './task-context';

export const describeGraph: TaskImplementation<'describe-graph'> = async (
  { modelFile },
  { signal },
) => {
  const { file, changes, bytes, sha256 } = await readOpenedModel(modelFile, signal);
  throwIfCancelled(signal);
  const described = describe(file);
  return { bytes, sha256, ...described, changes: [...changes, ...described.changes] };
};
