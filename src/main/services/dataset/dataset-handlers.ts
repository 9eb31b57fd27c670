import type { HandlersOf } from '../../../shared/api/contract';
import type { datasetApi } from '../../../shared/api/dataset-api';
import type { Database } from '../../platform/database/database';
import type { Staging } from '../../platform/staging';
import type { Jobs } from '../ports';
import type { Announce } from './edits/announce-edits';
import { summarizeDataset } from './dataset-summary';
import type { History } from './edits/history';
import { type ImportParameters, importTitle } from './import/import-job';
import { readImportReport } from './import/import-report';
import type { LabelEdits } from './edits/label-edits';
import type { LabelRepository } from './label-repository';
import type { PhotoEdits } from './edits/photo-edits';
import { readFilterChoices } from './photos/filter-choices';
import { createPhotoLists } from './photos/photo-lists';
import { createSavedFilterEdits } from './photos/saved-filters';
import type { PhotoRepository } from './photos/photo-repository';
import type { RelinkParameters } from './import/relink-job';

export interface DatasetHandlersOptions {
  database: Database;
  photos: PhotoRepository;
  labels: LabelRepository;
  history: History;
  photoEdits: PhotoEdits;
  labelEdits: LabelEdits;
  announce: Announce;
  jobs: Jobs;
  staging: Pick<Staging, 'source'>;
}

/** What clients may ask of photos and labels. */
export function createDatasetHandlers({
  database,
  photos,
  labels,
  history,
  photoEdits,
  labelEdits,
  announce,
  jobs,
  staging,
}: DatasetHandlersOptions): HandlersOf<typeof datasetApi> {
  const lists = createPhotoLists(database);
  const savedFilters = createSavedFilterEdits(database, history);

  function stagedSources(sourceIds: readonly string[]) {
    return sourceIds.map((id) => ({ id, ...staging.source(id) }));
  }

  return {
    'dataset.summary': () => summarizeDataset(database, labels, history),
    'dataset.listPhotos': (list) => {
      const { total, ids } = lists.window(list, list);
      return { total, photos: photos.summaries(ids) };
    },
    'dataset.listPhotoIds': (list) => ({ photoIds: [...lists.ids(list)] }),
    'dataset.listGroups': (list) => ({ groups: [...lists.groups(list)] }),
    'dataset.placeOfPhoto': (list) => ({ index: lists.placeOf(list, list.photoId) }),
    'dataset.placeOfName': (list) => ({ index: lists.placeOfName(list, list.text, list.from) }),
    'dataset.filterChoices': () => readFilterChoices(database),
    'dataset.photos': ({ photoIds }) => ({ photos: photos.summaries(photoIds) }),
    'dataset.photo': ({ photoId }) => photos.detail(photoId),

    'dataset.assignLabel': ({ photoIds, labelId }) =>
      announce(photoEdits.assignLabel(photoIds, labelId)),
    'dataset.assignLabels': ({ assignments }) => announce(photoEdits.assignLabels(assignments)),
    'dataset.setExcluded': ({ photoIds, excluded }) =>
      announce(photoEdits.setExcluded(photoIds, excluded)),
    'dataset.createLabel': ({ name }) => announce(labelEdits.create(name)),
    'dataset.renameLabel': ({ labelId, name }) => announce(labelEdits.rename(labelId, name)),
    'dataset.recolorLabel': ({ labelId, color }) => announce(labelEdits.recolor(labelId, color)),
    'dataset.bindLabelKey': ({ labelId, key }) => announce(labelEdits.bindKey(labelId, key)),
    'dataset.mergeLabels': ({ fromId, intoId }) => announce(labelEdits.merge(fromId, intoId)),
    'dataset.deleteLabel': ({ labelId }) => announce(labelEdits.delete(labelId)),
    'dataset.saveFilter': (saved) => announce(savedFilters.save(saved)),
    'dataset.removeFilter': ({ name }) => announce(savedFilters.remove(name)),
    'dataset.undo': () => {
      const { description, patch } = history.undo();
      return announce({ description: `Undone: ${description}`, patch });
    },
    'dataset.redo': () => {
      const { description, patch } = history.redo();
      return announce({ description: `Redone: ${description}`, patch });
    },

    /**
     * A photo's label is the name of the folder it lies in. One folder given alone is a
     * collection: photos at its very top get no label, those in its subfolders get theirs.
     * Several folders given together are classes: photos at their tops get their names. Files
     * given one by one get no label.
     */
    'dataset.importPhotos': ({ sourceIds, copy, labels: rule, labelId }) => {
      const sources = stagedSources(sourceIds);
      const parameters: ImportParameters = {
        paths: sources.flatMap((source) => source.paths),
        uploads: sources.filter((source) => source.uploaded).map((source) => source.id),
        copy,
        labels: labelId === undefined ? rule : { label: labels.get(labelId).name },
      };
      return { jobId: jobs.start('import', importTitle(parameters), parameters) };
    },
    'dataset.importReport': ({ importId }) => ({ report: readImportReport(database, importId) }),
    'dataset.relink': ({ sourceIds }) => {
      const paths = stagedSources(sourceIds).flatMap((source) => source.paths);
      const parameters: RelinkParameters = { paths };
      return { jobId: jobs.start('relink', 'Looking for missing photos', parameters) };
    },
  };
}
