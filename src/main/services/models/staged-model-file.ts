import { AppError } from '../../../shared/api/errors';
import type { Staging } from '../../platform/staging';
import { walkModelFiles } from '../../platform/walk-model-files';

/**
 * The one model file among what a person chose.
 * @returns its absolute path
 * @throws AppError 'bad-request' for none or several, whereupon the source is discarded
 */
export async function stagedModelFile(
  staging: Pick<Staging, 'source' | 'discard'>,
  sourceId: string,
): Promise<string> {
  const files = await walkModelFiles(staging.source(sourceId).paths);
  const [file] = files;
  if (file !== undefined && files.length === 1) return file;
  await staging.discard(sourceId);
  throw new AppError(
    'bad-request',
    file === undefined ? 'There is no .tflite file.' : `There are ${files.length} files.`,
    'Choose one .tflite file.',
  );
}
