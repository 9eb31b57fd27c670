import { isCancelled, toShape } from '../../shared/api/errors';
import { cleanGraph } from '../engine/graph/clean-graph';
import { readTflite } from '../engine/graph/read-tflite';
import { findBlocks } from '../engine/training/fine-tune/find-blocks';
import { lastUntrainable } from '../engine/training/fine-tune/untrainable';
import { readBackbone } from './load-backbone';
import type { TaskImplementation } from './task-context';

/** In a worker, because whether TensorFlow loads is only known by loading it. */
export const describeFineTuning: TaskImplementation<'describe-fine-tuning'> = async (
  { backbone, backboneFile },
  { tuner },
) => {
  const { graph } = cleanGraph(readTflite(await readBackbone(backbone, backboneFile)));
  const blocks = findBlocks(graph).map(({ weights }, at) => ({ blocks: at + 1, weights }));
  const limit = lastUntrainable(graph)?.reason;
  const known = { blocks, ...(limit === undefined ? {} : { limit }) };
  try {
    const started = await tuner();
    started.end();
    return { ...known, engine: started.engine };
  } catch (error) {
    if (isCancelled(error)) throw error;
    const { message, remedy } = toShape(error);
    return { ...known, missing: { message, remedy } };
  }
};
