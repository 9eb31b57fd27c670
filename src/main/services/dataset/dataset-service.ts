import type { HandlersOf } from '../../../shared/api/contract';
import type { datasetApi } from '../../../shared/api/dataset-api';
import type { splitsApi } from '../../../shared/api/splits-api';
import type { versionsApi } from '../../../shared/api/versions-api';
import { photoListSchema } from '../../../shared/domain/photo-filter';
import type { PixelRecipe } from '../../../shared/domain/preprocessing';
import type { Staging } from '../../platform/staging';
import type { Dataset, Jobs, Models, ProjectContext } from '../ports';
import { createChangeNotifier } from './change-notifier';
import { createDatasetHandlers } from './dataset-handlers';
import { createAnnounce } from './edits/announce-edits';
import { createLabelEdits } from './edits/label-edits';
import { createPhotoEdits } from './edits/photo-edits';
import { History } from './edits/history';
import { createArrivals } from './import/import-arrivals';
import { createBlobImport } from './import/import-blobs';
import { createImportJob, type ImportParameters } from './import/import-job';
import { LabelRepository } from './label-repository';
import { createFileChecks } from './import/file-checks';
import { createMissingCheck } from './import/missing-check';
import { countSuggested, queryIds } from './photos/photo-query';
import { createPhotoPictures, type PhotoPictures } from './photos/photo-pictures';
import { photoNotFound, PhotoRepository } from './photos/photo-repository';
import { createRelinkJob, type RelinkParameters } from './import/relink-job';
import { dealMissingSplits, readUnits } from './splits/split-assignment';
import { readSplitLeaks } from './splits/split-leaks';
import { findSplitGroups } from './splits/split-groups';
import { createSplitsHandlers } from './splits/splits-handlers';
import { VersionRepository } from './versions/version-freezing';
import { createVersionsHandlers } from './versions/versions-handlers';

export interface DatasetServiceOptions {
  context: ProjectContext;
  jobs: Jobs;
  models: Pick<Models, 'list'>;
  staging: Pick<Staging, 'source' | 'discard'>;
  /** Model input to compute while importing: that of the backbone trained by default. */
  defaultRecipe: PixelRecipe;
}

export interface DatasetService extends PhotoPictures {
  handlers: HandlersOf<typeof datasetApi & typeof versionsApi & typeof splitsApi>;
  dataset: Dataset;
  /** Resolves when all photos' files have been looked at since the project was opened. */
  checked: Promise<void>;
  dispose(): Promise<void>;
}

/** Photos and labels of one open project. */
export function createDatasetService(options: DatasetServiceOptions): DatasetService {
  const { context, jobs, staging, defaultRecipe: recipe } = options;
  const { database, blobsFolder, workers, now, log } = context;
  const notifier = createChangeNotifier(context.emit, log);
  const photos = new PhotoRepository(database, blobsFolder);
  const labels = new LabelRepository(database);
  const history = new History(database, labels, now);
  const photoEdits = createPhotoEdits(database, labels, history);
  const labelEdits = createLabelEdits(database, labels, history);
  const announce = createAnnounce(notifier);
  const versions = new VersionRepository(database, labels, now, () =>
    context.emit('versions.changed', {}),
  );
  const missing = createMissingCheck({ database, blobsFolder, workers, notifier, log });
  const stop = new AbortController();
  const pictures = createPhotoPictures({ context, photos, recipe, missing });

  const dealing = dealLeftover();

  const discardUpload = (id: string) => staging.discard(id);
  jobs.register<ImportParameters>(
    'import',
    createImportJob({ context, photos, labels, notifier, recipe, discardUpload }),
  );
  jobs.register<RelinkParameters>('relink', createRelinkJob({ context, notifier }));

  /** An import that was killed had no time to deal splits to what it had confirmed. */
  async function dealLeftover(): Promise<void> {
    const sql = `SELECT EXISTS (SELECT 1 FROM photos WHERE split IS NULL AND label_id IS NOT NULL) AS found`;
    if (!database.get<{ found: number }>(sql)?.found) return;
    try {
      await findSplitGroups(database, workers, stop.signal);
    } catch (error) {
      if (stop.signal.aborted) return;
      log.error('Copies could not be looked for', error);
    }
    if (database.transaction(() => dealMissingSplits(database)).length > 0) notifier.changed();
  }

  return {
    ...pictures,
    handlers: {
      ...createDatasetHandlers({
        database,
        photos,
        labels,
        history,
        photoEdits,
        labelEdits,
        announce,
        jobs,
        staging,
      }),
      ...createSplitsHandlers({ database, photoEdits, announce, now }),
      ...createVersionsHandlers({
        database,
        labels,
        history,
        versions,
        models: options.models,
        announce,
        emit: context.emit,
      }),
    },
    dataset: {
      freezeVersion: () => versions.freeze(),
      version: (id) => versions.get(id),
      previewVersion: () => versions.preview(),
      sources: (photoIds) => photos.sources(photoIds),
      featureCandidates: (page) => photos.featureCandidates(page),
      countCandidates: () => photos.countCandidates(),
      fileName(photoId) {
        const photo = photos.find(photoId);
        if (!photo) throw photoNotFound();
        return photo.fileName;
      },
      filteredIds: (filter) => queryIds(database, photoListSchema.parse({ filter })),
      labels: () => labels.all(),
      splitUnits: () => readUnits(database),
      splitLeaks: () => readSplitLeaks(database),
      decideIssue: (kind, photoIds, decision) =>
        announce(photoEdits.decideIssue(kind, photoIds, decision)).description,
      countSuggested: (filter, thresholds) => countSuggested(database, filter, thresholds),
      assignLabels: (assignments, how) =>
        announce(photoEdits.assignLabels(assignments, how)).description,
      labelIdsOf: (versionId) => versions.labelIdsNow(versionId),
      ...createFileChecks({ context, jobs, missing }),
      ...createBlobImport({ context, photos, labels, recipe }),
      ...createArrivals({ context, photos, labels, recipe, notifier }),
      onChanged: (listener) => notifier.onChanged(listener),
    },
    checked: Promise.all([missing.checkAll(), dealing]).then(() => undefined),
    async dispose() {
      stop.abort();
      await dealing;
      await missing.dispose();
      notifier.dispose();
    },
  };
}
