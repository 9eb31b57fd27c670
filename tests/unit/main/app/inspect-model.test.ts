import { inspectModel } from '@main/app/inspect-model';
import type { WorkerPool } from '@main/platform/worker-pool';
import { AppError } from '@shared/api/errors';
import { describe, expect, it } from 'vitest';
import { createFakeLogger } from '../../../fakes/fake-logger';

const environment = { workerFile: 'worker.js', log: createFakeLogger() };

describe('inspectModel', () => {
  it('ends its workers whatever happens', async () => {
    let disposed = 0;
    const workers: WorkerPool = {
      size: 1,
      holdBackground: () => undefined,
      prepare: () => undefined,
      run: () => Promise.reject(new AppError('cancelled', 'Cancelled.')),
      dispose: async () => void (disposed += 1),
    };
    const request = { modelFile: '/m.tflite', signal: AbortSignal.abort() };
    await expect(inspectModel(environment, request, workers)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(disposed).toBe(1);
  });
});
