import { basename } from 'node:path';
import type { z } from 'zod';
import { throwIfCancelled } from '../../../shared/api/errors';
import type { HandlersOf } from '../../../shared/api/contract';
import type { modelsApi } from '../../../shared/api/models-api';
import type { ModelId, statedContractSchema } from '../../../shared/domain/model';
import type { DatasetVersion } from '../../../shared/domain/dataset-version';
import { removeFile } from '../../platform/remove-file';
import type { Staging } from '../../platform/staging';
import { readWithinLimit } from '../../platform/read-within-limit';
import type { PhotoSource } from '../../workers/tasks';
import type { Dataset, JobHandle, Jobs, Models, ProjectContext } from '../ports';
import { stagedModelFile } from './staged-model-file';

export interface ModelImportParts {
  context: ProjectContext;
  jobs: Jobs;
  dataset: Dataset;
  models: Models;
  staging: Pick<Staging, 'source' | 'discard'>;
}

interface ImportParameters {
  sourceId: string;
  file: string;
  stated: z.output<typeof statedContractSchema>;
}

/** Models that were made elsewhere: rivals in a comparison, and float ones to be quantized here. */
export function createModelImport(parts: ModelImportParts): {
  handlers: Pick<HandlersOf<typeof modelsApi>, 'models.import'>;
} {
  const { jobs, staging } = parts;
  jobs.register<ImportParameters>('import-model', {
    resumable: false,
    async run(parameters, job) {
      try {
        return { modelId: await importModel(parameters, job, parts) };
      } finally {
        await staging.discard(parameters.sourceId);
      }
    },
  });
  return {
    handlers: {
      'models.import': async ({ sourceId, stated }) => {
        const file = await stagedModelFile(staging, sourceId);
        const title = `Opening ${basename(file)}`;
        return {
          jobId: jobs.start<ImportParameters>('import-model', title, { sourceId, file, stated }),
        };
      },
    },
  };
}

async function importModel(
  { file, stated }: ImportParameters,
  job: JobHandle,
  { context, dataset, models }: ModelImportParts,
): Promise<ModelId> {
  const { mean, std, ...rest } = stated;
  const all = (value: number): [number, number, number] => [value, value, value];
  job.progress({ step: 'Reading the model', done: 0, total: 1 });
  const version = dataset.freezeVersion();
  const id = models.nextId();
  const outputFile = models.temporaryFile(id);
  const fileName = basename(file);
  try {
    const opened = await readWithinLimit(fileName, job.signal, (signal) =>
      context.workers.run(
        'open-classifier',
        {
          modelFile: file,
          stated: {
            ...rest,
            ...(mean === undefined ? {} : { mean: all(mean) }),
            ...(std === undefined ? {} : { std: all(std) }),
          },
          labels: version.labels,
          photos: photosToProveOn(version, dataset),
          cacheFile: context.cacheFile,
          outputFile,
        },
        { signal },
      ),
    );
    throwIfCancelled(job.signal);
    const { name, preprocessing, precision, io, bytes, sha256, runtime } = opened;
    const at = context.now().toISOString();
    if (opened.leftOut.length > 0) {
      job.log(
        `${opened.leftOut.length} of its answers are left out: the project has no such labels.`,
      );
    }
    models.add({
      id,
      name: name ?? fileName.replace(/\.(tflite|lite|zip)$/i, ''),
      precision,
      io,
      bytes,
      sha256,
      createdAt: at,
      versionId: version.id,
      backbone: '',
      preprocessing,
      imported: {
        fileName,
        sha256: opened.sourceSha256,
        changes: opened.changes,
        proof: opened.proof,
        leftOut: opened.leftOut,
      },
      provenance: { kind: 'imported', on: fileName, by: runtime, at },
    });
    return id;
  } catch (error) {
    await removeFile(outputFile);
    throw error;
  }
}

/** Enough to show what a change of the graph does, few enough to be read in seconds. */
const photosWanted = 6;

/** Photos whose file should be there, from all over the version; not of the test split. */
function photosToProveOn({ photos }: DatasetVersion, dataset: Dataset): PhotoSource[] {
  const known = new Map(photos.map(({ photoId, sha256 }) => [photoId, sha256]));
  const ids = photos.filter(({ split }) => split !== 'test').map(({ photoId }) => photoId);
  const sources = dataset
    .sources(ids)
    .filter(({ photoId, sha256 }) => known.get(photoId) === sha256);
  const step = Math.max(1, Math.floor(sources.length / photosWanted));
  return sources.filter((_, position) => position % step === 0).slice(0, photosWanted);
}
