import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError, throwIfCancelled } from '../../shared/api/errors';
import { type Preprocessing, preprocessingSchema } from '../../shared/domain/preprocessing';
import { PREPROCESSING_FILE } from '../engine/graph/metadata-record';
import { readMetadata } from '../engine/graph/model-metadata';
import { readModelFile } from './read-model-file';
import type { TaskImplementation } from './task-context';

/**
 * Reads what must be done to a photo before a model and to its answer after it: from the file
 * itself, else from `MODEL.json` or `preprocessing.json` beside it, for files that another tool
 * has stripped.
 * @throws AppError 'model-unreadable', 'model-unsupported' when there is no contract.
 */
export const readContract: TaskImplementation<'read-contract'> = async ({ modelFile }, context) => {
  throwIfCancelled(context.signal);
  const file = await readModelFile(modelFile);
  const { preprocessing } = readMetadata(file);
  if (preprocessing) return { preprocessing };
  const beside = [
    modelFile.replace(/\.tflite$/i, '.json'),
    join(dirname(modelFile), PREPROCESSING_FILE),
  ];
  for (const path of beside) {
    const contract = await readContractFile(path);
    if (contract) return { preprocessing: contract };
  }
  throw new AppError(
    'model-unsupported',
    'This model does not say how photos must be prepared for it.',
    `Use a file that Pocketlens Studio wrote, or put its ${PREPROCESSING_FILE} beside it.`,
  );
};

async function readContractFile(path: string): Promise<Preprocessing | undefined> {
  try {
    return preprocessingSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
