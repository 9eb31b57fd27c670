import { loadTensorEngine } from '../engine/training/tensor-engine';
import type { TaskImplementation } from './task-context';

/** In a worker, because whether a native library loads is only known by loading it. */
export const describeTrainer: TaskImplementation<'describe-trainer'> = async () => {
  const { name, note } = await loadTensorEngine();
  return { name, note };
};
