import type { ExportChoice } from '../../../shared/api/dataset-export-api';
import type { PhotoId } from '../../../shared/domain/photo';
import type { Split } from '../../../shared/domain/split';
import type { Dataset, ProjectContext } from '../ports';
import { type PhotoRecord, readPhotoRecords } from './photo-records';

/** A photo that was asked for, as it stands in the scope that it was asked for in. */
export interface SelectedPhoto {
  record: PhotoRecord;
  labelIndex?: number;
  split?: Split;
  excluded: boolean;
  /** Why it stays out; absent: it is wanted. */
  leftOut?: 'unlabeled' | 'excluded' | 'missing';
}

export interface Selection {
  labels: string[];
  /** Photos looked at, those left out included. */
  count: number;
  /** From the start, as often as asked; never more of them in memory than a batch. */
  batches(size: number): Generator<SelectedPhoto[]>;
}

/** The photos of a scope. @throws AppError 'not-found' for a version that is not there. */
export function selectPhotos(
  context: Pick<ProjectContext, 'database' | 'blobsFolder'>,
  dataset: Pick<Dataset, 'filteredIds' | 'labels' | 'version'>,
  choice: ExportChoice,
): Selection {
  const { ids, labels, standingOf } = standings(dataset, choice);
  return {
    labels,
    count: ids.length,
    *batches(size) {
      for (let start = 0; start < ids.length; start += size) {
        const records = readPhotoRecords(context, ids.slice(start, start + size));
        yield records.map((record) => {
          const photo = { record, ...standingOf(record) };
          const leftOut = whyLeftOut(photo, choice);
          return { ...photo, ...(leftOut ? { leftOut } : {}) };
        });
      }
    },
  };
}

type Standing = Pick<SelectedPhoto, 'labelIndex' | 'split' | 'excluded'>;

function standings(
  dataset: Pick<Dataset, 'filteredIds' | 'labels' | 'version'>,
  { scope }: ExportChoice,
): { ids: readonly PhotoId[]; labels: string[]; standingOf(record: PhotoRecord): Standing } {
  if (scope.kind === 'version') {
    const { photos, labels } = dataset.version(scope.versionId);
    const then = new Map(
      photos.map(({ photoId, labelIndex, split }) => [photoId, { labelIndex, split }]),
    );
    return {
      ids: photos.map(({ photoId }) => photoId),
      labels,
      standingOf: ({ photoId }) => ({ ...then.get(photoId), excluded: false }),
    };
  }
  const labels = dataset.labels();
  const places = new Map(labels.map(({ id }, index) => [id, index]));
  return {
    ids: dataset.filteredIds(scope.kind === 'filter' ? scope.filter : {}),
    labels: labels.map(({ name }) => name),
    standingOf({ labelId, split, excluded }) {
      const labelIndex = labelId === undefined ? undefined : places.get(labelId);
      return {
        ...(labelIndex === undefined ? {} : { labelIndex }),
        ...(split === undefined ? {} : { split }),
        excluded,
      };
    },
  };
}

function whyLeftOut(
  { record, labelIndex, excluded }: SelectedPhoto,
  choice: ExportChoice,
): SelectedPhoto['leftOut'] {
  if (excluded && !choice.excluded) return 'excluded';
  if (labelIndex === undefined && !choice.unlabeled) return 'unlabeled';
  return record.missing ? 'missing' : undefined;
}
