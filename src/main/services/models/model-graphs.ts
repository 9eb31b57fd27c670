import { basename } from 'node:path';
import type { HandlersOf } from '../../../shared/api/contract';
import type { modelsApi } from '../../../shared/api/models-api';
import type { GraphSummary } from '../../../shared/domain/graph-summary';
import type { Staging } from '../../platform/staging';
import { readWithinLimit } from '../../platform/read-within-limit';
import type { Models, ProjectContext } from '../ports';
import { stagedModelFile } from './staged-model-file';

export interface ModelGraphParts {
  context: Pick<ProjectContext, 'workers'>;
  models: Pick<Models, 'get' | 'file'>;
  staging: Pick<Staging, 'source' | 'discard'>;
}

/** What model files compute, operator by operator: of the library, and any file before it is opened. */
export function createModelGraphs({ context, models, staging }: ModelGraphParts): {
  handlers: Pick<HandlersOf<typeof modelsApi>, 'models.graph' | 'models.graphOfFile'>;
} {
  const describe = (modelFile: string, name: string, signal: AbortSignal): Promise<GraphSummary> =>
    readWithinLimit(name, signal, (limited) =>
      context.workers.run('describe-graph', { modelFile }, { signal: limited }),
    );
  return {
    handlers: {
      'models.graph': async ({ modelId }, { signal }) => {
        const model = models.get(modelId);
        const graph = await describe(models.file(model), model.name, signal);
        // What could be mended was, when the model was made or taken in.
        return { ...graph, changes: [] };
      },
      'models.graphOfFile': async ({ sourceId }, { signal }) => {
        const file = await stagedModelFile(staging, sourceId);
        try {
          return await describe(file, basename(file), signal);
        } finally {
          await staging.discard(sourceId);
        }
      },
    },
  };
}
