import type { HandlersOf } from '../../../shared/api/contract';
import type { preprocessingApi } from '../../../shared/api/preprocessing-api';
import type { ModelId } from '../../../shared/domain/model';
import { preprocessingCheckSchema } from '../../../shared/domain/preprocessing-check';
import { readStored, writeStored } from '../../platform/database/stored-value';
import type { Dataset, Jobs, Models, ProjectContext } from '../ports';
import { checkPreprocessing } from './check-preprocessing';

export interface PreprocessingParts {
  context: ProjectContext;
  jobs: Jobs;
  dataset: Dataset;
  models: Models;
}

interface CheckParameters {
  modelId: ModelId;
}

const keyOf = (modelId: ModelId) => `preprocessing-check.${modelId}`;

/** What mistakes before the model would do to its answers: measured when asked. */
export function createPreprocessingService(parts: PreprocessingParts): {
  handlers: HandlersOf<typeof preprocessingApi>;
} {
  const { context, jobs, models } = parts;
  jobs.register<CheckParameters>('check-preprocessing', {
    resumable: true,
    async run({ modelId }, job) {
      const check = await checkPreprocessing(parts, models.get(modelId), job);
      writeStored(context.database, keyOf(modelId), check);
      return {};
    },
  });
  return {
    handlers: {
      'preprocessing.check': ({ modelId }) => {
        const title = `Preparing photos wrongly for ${models.get(modelId).name}`;
        return { jobId: jobs.start<CheckParameters>('check-preprocessing', title, { modelId }) };
      },
      'preprocessing.lastCheck': ({ modelId }) => ({
        check: readStored(context.database, keyOf(modelId), preprocessingCheckSchema),
      }),
    },
  };
}
