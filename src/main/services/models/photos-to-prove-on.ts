import type { DatasetVersion } from '../../../shared/domain/dataset-version';
import type { PhotoSource } from '../../workers/tasks';
import type { Dataset } from '../ports';

/** Enough to show what a change of the graph does, few enough to be read in seconds. */
const photosWanted = 6;

/** Photos whose file should be there, from all over the version; not of the test split. */
export function photosToProveOn(
  { photos }: Pick<DatasetVersion, 'photos'>,
  dataset: Pick<Dataset, 'sources'>,
): PhotoSource[] {
  const known = new Map(photos.map(({ photoId, sha256 }) => [photoId, sha256]));
  const ids = photos.filter(({ split }) => split !== 'test').map(({ photoId }) => photoId);
  const sources = dataset
    .sources(ids)
    .filter(({ photoId, sha256 }) => known.get(photoId) === sha256);
  const step = Math.max(1, Math.floor(sources.length / photosWanted));
  return sources.filter((_, position) => position % step === 0).slice(0, photosWanted);
}
