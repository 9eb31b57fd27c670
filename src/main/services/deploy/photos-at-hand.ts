import type { VersionPhoto } from '../../../shared/domain/dataset-version';
import { splits } from '../../../shared/domain/split';
import type { PhotoSource } from '../../workers/tasks';
import type { Dataset } from '../ports';

/** Photos whose file should be there, those of the test split first. */
export function photosAtHand(
  photos: readonly VersionPhoto[],
  dataset: Dataset,
): { photo: VersionPhoto; source: PhotoSource }[] {
  const sources = new Map(
    dataset.sources(photos.map(({ photoId }) => photoId)).map((source) => [source.photoId, source]),
  );
  const inOrder = [...splits]
    .reverse()
    .flatMap((split) => photos.filter((photo) => photo.split === split));
  return inOrder.flatMap((photo) => {
    const source = sources.get(photo.photoId);
    return source?.sha256 === photo.sha256 ? [{ photo, source }] : [];
  });
}
