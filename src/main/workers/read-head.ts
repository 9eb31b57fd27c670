import { readHead as headOf } from '../engine/graph/read-head';
import { readTflite } from '../engine/graph/read-tflite';
import { readModelFile } from './read-model-file';
import type { TaskImplementation } from './task-context';

export const readHead: TaskImplementation<'read-head'> = async ({ modelFile, featureWidth }) =>
  headOf(readTflite(await readModelFile(modelFile)), featureWidth);
