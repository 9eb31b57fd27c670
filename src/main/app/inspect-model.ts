import { basename } from 'node:path';
import type { GraphSummary } from '../../shared/domain/graph-summary';
import type { HostEnvironment } from '../platform/host-environment';
import { readWithinLimit } from '../platform/read-within-limit';
import { createWorkerPool, type WorkerPool } from '../platform/worker-pool';

/**
 * Says what a `.tflite` file computes, without a project. Ends the workers it is lent.
 * @param request.modelFile absolute path
 * @throws AppError 'model-unreadable', 'model-unsupported', 'cancelled'.
 */
export async function inspectModel(
  { workerFile, log }: Pick<HostEnvironment, 'workerFile' | 'log'>,
  { modelFile, signal }: { modelFile: string; signal?: AbortSignal },
  workers: WorkerPool = createWorkerPool({ workerFile, log, size: 1 }),
): Promise<GraphSummary> {
  try {
    return await readWithinLimit(basename(modelFile), signal, (limited) =>
      workers.run('describe-graph', { modelFile }, { signal: limited }),
    );
  } finally {
    await workers.dispose();
  }
}
