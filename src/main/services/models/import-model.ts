import { basename } from 'node:path';
import type { z } from 'zod';
import { throwIfCancelled } from '../../../shared/api/errors';
import type { HandlersOf } from '../../../shared/api/contract';
import type { modelsApi } from '../../../shared/api/models-api';
import type { ModelId, statedContractSchema } from '../../../shared/domain/model';
import { removeFile } from '../../platform/remove-file';
import type { Staging } from '../../platform/staging';
import { readWithinLimit } from '../../platform/read-within-limit';
import type { Dataset, JobHandle, Jobs, Models, ProjectContext } from '../ports';
import { photosToProveOn } from './photos-to-prove-on';
import { plainModelName } from './plain-model-name';
import { stagedModelFile } from './staged-model-file';
import { toAllChannels } from './stated-normalization';

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
          stated: toAllChannels(stated),
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
      name: name ?? plainModelName(fileName),
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
