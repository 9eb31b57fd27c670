import { blobPath } from '../../platform/blob-store';
import { removeFile } from '../../platform/remove-file';
import type { Dataset, ProjectContext } from '../ports';
import type { CorrectionRepository } from './correction-repository';

export interface ForgottenParts {
  context: Pick<ProjectContext, 'blobsFolder' | 'log'>;
  dataset: Pick<Dataset, 'photosByHash'>;
  repository: CorrectionRepository;
}

/**
 * Removes dismissed corrections that nobody can bring back any more, and their photos, unless one is a
 * photo of the project or another correction is about it. Only while nothing else of the project runs:
 * an import of the same bytes would find them stored and count on that.
 */
export async function removeForgotten({
  context: { blobsFolder, log },
  dataset,
  repository,
}: ForgottenParts): Promise<void> {
  // The words first: cut in between, bytes that nobody asks for lie there, but no words without a photo.
  const hashes = repository.removeOver();
  const inProject = dataset.photosByHash(hashes);
  const gone = hashes.filter((sha256) => !inProject.has(sha256));
  for (const sha256 of gone) {
    await removeFile(blobPath(blobsFolder, sha256)).catch((error: unknown) =>
      log.error('The photo of a forgotten correction could not be removed', error),
    );
  }
  if (gone.length > 0) log.info(`Photos of forgotten corrections removed: ${gone.length}`);
}
