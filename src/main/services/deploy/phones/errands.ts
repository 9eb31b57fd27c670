import { AppError } from '../../../../shared/api/errors';
import type { DeviceId } from '../../../../shared/domain/device';
import type { JobId } from '../../../../shared/domain/job';
import type { Jobs } from '../../ports';

/** What phones are busy with: one errand each at a time, because all write into the same folder. */
export interface Errands {
  /** @throws AppError 'busy'. */
  requireNone(deviceId: DeviceId, deviceName: string): void;
  began(deviceId: DeviceId, jobId: JobId): void;
}

export function createErrands(jobs: Pick<Jobs, 'onFinished'>): Errands {
  const running = new Map<DeviceId, JobId>();
  jobs.onFinished(({ id }) => {
    for (const [deviceId, jobId] of running) if (jobId === id) running.delete(deviceId);
  });
  return {
    requireNone(deviceId, deviceName) {
      if (!running.has(deviceId)) return;
      throw new AppError(
        'busy',
        `Something is under way with ${deviceName}: a push, or a measurement.`,
        'Wait until it is done, or cancel it.',
      );
    },
    began: (deviceId, jobId) => void running.set(deviceId, jobId),
  };
}
