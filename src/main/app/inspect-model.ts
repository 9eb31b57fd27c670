import { basename } from 'node:path';
import type { GraphSummary } from '../../shared/domain/graph-summary';
import type { HostEnvironment } from '../platform/host-environment';
import { readWithinLimit } from '../platform/read-within-limit';
import { modelFileAt } from '../platform/find-model-file';
import { createWorkerPool, type WorkerPool } from '../platform/worker-pool';

/**
 * Says what a model file computes, without a project. Ends the workers it is lent.
 * @param request.modelFile absolute path of a `.tflite` file, of a `model.json` of TensorFlow.js, of an
 * archive or a folder that holds either
 * @throws AppError 'model-unreadable', 'model-unsupported', 'bad-request', 'cancelled'.
 */
export async function inspectModel(
  { workerFile, log }: Pick<HostEnvironment, 'workerFile' | 'log'>,
  { modelFile, signal }: { modelFile: string; signal?: AbortSignal },
  workers: WorkerPool = createWorkerPool({ workerFile, log, size: 1 }),
): Promise<GraphSummary> {
  try {
    const file = await modelFileAt(modelFile);
    return await readWithinLimit(basename(file), signal, (limited) =>
      workers.run('describe-graph', { modelFile: file }, { signal: limited }),
    );
  } finally {
    await workers.dispose();
  }
}
