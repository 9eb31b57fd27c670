import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { HandlersOf } from '../../../shared/api/contract';
import type { datasetExportApi } from '../../../shared/api/dataset-export-api';
import { fileExists } from '../../platform/file-exists';
import { freeBytes } from '../../platform/free-space';
import type { Staging } from '../../platform/staging';
import type { Dataset, Jobs, ProjectContext } from '../ports';
import { createExportJob, type ExportDatasetParameters } from './export-job';
import { previewExport } from './preview-export';
import { selectPhotos } from './select-photos';

export interface DatasetExportService {
  handlers: HandlersOf<typeof datasetExportApi>;
  /** The zip of a data set that was exported into the project; undefined when there is none. */
  datasetArchive(archiveId: string): string | undefined;
}

export interface DatasetExportParts {
  context: ProjectContext;
  jobs: Jobs;
  staging: Pick<Staging, 'place'>;
  dataset: Dataset;
}

export function createDatasetExportService({
  context,
  jobs,
  staging,
  dataset,
}: DatasetExportParts): DatasetExportService {
  const { exportsFolder } = context;
  jobs.register<ExportDatasetParameters>('export-dataset', createExportJob(context, dataset));
  return {
    handlers: {
      async 'datasetExport.preview'({ placeId, ...choice }) {
        const place = placeId === undefined ? exportsFolder : staging.place(placeId);
        const preview = previewExport(selectPhotos(context, dataset, choice));
        return { ...preview, freeBytes: await freeBytes(place) };
      },
      'datasetExport.start'({ placeId, zip, ...choice }) {
        // What is not there is said at once.
        selectPhotos(context, dataset, choice);
        const place = placeId === undefined ? undefined : staging.place(placeId);
        const parameters: ExportDatasetParameters = {
          ...choice,
          zip: zip || place === undefined,
          ...(place === undefined ? {} : { place }),
          id: randomUUID(),
        };
        const title = `Exporting the data set as ${titles[choice.format]}`;
        return { jobId: jobs.start('export-dataset', title, parameters) };
      },
    },
    datasetArchive(archiveId) {
      if (!/^dataset-\d+$/.test(archiveId)) return undefined;
      const archive = join(exportsFolder, `${archiveId}.zip`);
      return fileExists(archive) ? archive : undefined;
    },
  };
}

const titles = { folder: 'folders', csv: 'CSV', coco: 'COCO' } as const;
