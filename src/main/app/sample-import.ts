import type { Staging } from '../platform/staging';
import type { WorkerPool } from '../platform/worker-pool';
import type { JobDefinition, Jobs } from '../services/ports';

/** An import's parameters may say that its photos have to be drawn first. */
interface SampleParameters {
  sample?: { folder: string };
}

/** Equal on every machine, so that figures of the sample project can be compared. */
const SEED = 1;

export interface SampleImportParts {
  jobs: Jobs;
  workers: WorkerPool;
  staging: Staging;
  resourcesFolder: string;
}

export interface SampleImport {
  /** For the service that imports: what it registers learns to draw. */
  jobs: Jobs;
  start(): void;
}

/**
 * Draws the sample pictures and imports them, as one job: to the person it is one thing, with one
 * progress bar, one cancel and one way to go on. The import itself is that of any upload.
 */
export function createSampleImport({
  jobs,
  workers,
  staging,
  resourcesFolder,
}: SampleImportParts): SampleImport {
  function drawFirst<Parameters>(definition: JobDefinition<Parameters>): typeof definition {
    return {
      ...definition,
      async run(parameters, job) {
        const { sample } = parameters as Parameters & SampleParameters;
        if (sample) {
          job.progress({ step: 'Drawing pictures' });
          await workers.run(
            'generate-sample',
            { resourcesFolder, targetFolder: sample.folder, seed: SEED },
            { signal: job.signal, onProgress: (progress) => job.progress(progress) },
          );
        }
        return definition.run(parameters, job);
      },
    };
  }

  return {
    jobs: {
      ...jobs,
      register(kind, definition) {
        jobs.register(kind, kind === 'import' ? drawFirst(definition) : definition);
      },
    },
    start() {
      const uploadId = staging.openUpload();
      const { paths } = staging.source(uploadId);
      const [folder = ''] = paths;
      jobs.start('import', 'Drawing and importing the sample pictures', {
        paths,
        uploads: [uploadId],
        copy: true,
        labels: 'folders',
        sample: { folder },
      });
    },
  };
}
