import type { Staging } from '../../platform/staging';
import { onlyModelFile } from '../../platform/find-model-file';

/**
 * The one model file among what a person chose.
 * @returns its absolute path
 * @throws AppError 'bad-request' for none or several, whereupon the source is discarded
 */
export async function stagedModelFile(
  staging: Pick<Staging, 'source' | 'discard'>,
  sourceId: string,
): Promise<string> {
  try {
    return await onlyModelFile(staging.source(sourceId).paths);
  } catch (error) {
    await staging.discard(sourceId);
    throw error;
  }
}
