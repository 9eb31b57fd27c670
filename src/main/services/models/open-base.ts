import { basename } from 'node:path';
import type { z } from 'zod';
import type { basesApi } from '../../../shared/api/bases-api';
import type { HandlersOf } from '../../../shared/api/contract';
import { throwIfCancelled } from '../../../shared/api/errors';
import type { Backbone } from '../../../shared/domain/backbone';
import type { statedContractSchema } from '../../../shared/domain/model';
import { readWithinLimit } from '../../platform/read-within-limit';
import { removeFile } from '../../platform/remove-file';
import type { Staging } from '../../platform/staging';
import type { TaskOutput } from '../../workers/tasks';
import type { Backbones, Bases, Dataset, JobHandle, Jobs, ProjectContext } from '../ports';
import { photosToProveOn } from './photos-to-prove-on';
import { plainModelName } from './plain-model-name';
import { stagedModelFile } from './staged-model-file';
import { toAllChannels } from './stated-normalization';

export interface OpenBaseParts {
  context: Pick<ProjectContext, 'workers' | 'cacheFile' | 'now'>;
  jobs: Jobs;
  dataset: Pick<Dataset, 'previewVersion' | 'sources'>;
  backbones: Pick<Backbones, 'list'>;
  bases: Pick<Bases, 'temporaryFile' | 'add'>;
  staging: Pick<Staging, 'source' | 'discard'>;
}

interface OpenBaseParameters {
  sourceId: string;
  file: string;
  stated: Omit<z.output<typeof statedContractSchema>, 'labels'>;
}

/** Float classifiers that were made elsewhere, to train heads of one's own on what they see. */
export function createBaseOpening(parts: OpenBaseParts): {
  handlers: Pick<HandlersOf<typeof basesApi>, 'bases.open'>;
} {
  const { jobs, staging } = parts;
  jobs.register<OpenBaseParameters>('open-base', {
    resumable: false,
    async run(parameters, job) {
      try {
        return { backbone: await openBase(parameters, job, parts) };
      } finally {
        await staging.discard(parameters.sourceId);
      }
    },
  });
  return {
    handlers: {
      'bases.open': async ({ sourceId, stated }) => {
        const file = await stagedModelFile(staging, sourceId);
        const title = `Opening ${basename(file)} to train on`;
        const asked = { sourceId, file, stated };
        return { jobId: jobs.start<OpenBaseParameters>('open-base', title, asked) };
      },
    },
  };
}

async function openBase(
  { file, stated }: OpenBaseParameters,
  job: JobHandle,
  { context, dataset, backbones, bases }: OpenBaseParts,
): Promise<string> {
  job.progress({ step: 'Looking for its features', done: 0, total: 1 });
  const fileName = basename(file);
  const outputFile = bases.temporaryFile();
  try {
    const cut = await readWithinLimit(fileName, job.signal, (signal) =>
      context.workers.run(
        'open-base',
        {
          modelFile: file,
          stated: toAllChannels(stated),
          // Nothing is frozen for it: a base belongs to no version of the photos.
          photos: photosToProveOn(dataset.previewVersion(), dataset),
          cacheFile: context.cacheFile,
          outputFile,
        },
        { signal },
      ),
    );
    throwIfCancelled(job.signal);
    const others = backbones.list().filter(({ sha256 }) => sha256 !== cut.sha256);
    const base = toBackbone(fileName, cut, others, context.now());
    bases.add(base, outputFile);
    return base.name;
  } catch (error) {
    await removeFile(outputFile);
    throw error;
  }
}

/**
 * The name ends in a part of the hash: models remember their backbone by its name, so another file must
 * never come to bear the name of one that was removed.
 */
function toBackbone(
  fileName: string,
  cut: TaskOutput<'open-base'>,
  others: readonly Backbone[],
  now: Date,
): Backbone {
  const { name: own, sourceSha256, license, changes, proof, runtime, ...facts } = cut;
  const stem = own ?? plainModelName(fileName);
  const plain = stem.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const short = plain.slice(0, 40).replace(/^-+|-+$/g, '') || 'base';
  const name = `${short}-${cut.sha256.slice(0, 8)}`;
  return {
    ...facts,
    name,
    title: freeTitle(stem, others),
    file: `${name}.tflite`,
    trainedOn: '',
    license,
    copyright: '',
    opened: {
      fileName,
      sha256: sourceSha256,
      license,
      at: now.toISOString(),
      runtime,
      changes,
      proof,
    },
  };
}

/** "graph", then "graph (2)": models are named by it. */
function freeTitle(stem: string, others: readonly Backbone[]): string {
  const taken = new Set(others.map(({ title }) => title));
  let free = stem;
  for (let number = 2; taken.has(free); number += 1) free = `${stem} (${number})`;
  return free;
}
