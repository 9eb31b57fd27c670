import { randomBytes } from 'node:crypto';
import type { HandlersOf } from '../../../../shared/api/contract';
import { AppError } from '../../../../shared/api/errors';
import type { phoneMeasurementsApi } from '../../../../shared/api/phone-measurements-api';
import type { DeviceId } from '../../../../shared/domain/device';
import type { JobId } from '../../../../shared/domain/job';
import type { ModelId } from '../../../../shared/domain/model';
import type { DeviceHub } from '../../../platform/devices/device-hub';
import type { Comparisons, Dataset, JobHandle, Jobs, Models, ProjectContext } from '../../ports';
import type { Errands } from '../phones/errands';
import { createStoredTargets } from '../phones/stored-targets';
import { measureOnPhone } from './measure-on-phone';
import { createMeasurementRepository } from './measurement-repository';
import { askAbout } from './question';

export interface MeasureParts {
  context: ProjectContext;
  jobs: Jobs;
  dataset: Dataset;
  models: Models;
  comparisons: Pick<Comparisons, 'testPhotos'>;
  hub: DeviceHub;
  errands: Errands;
  /** How long an app may take before its first answer. */
  patienceMs?: number;
  /** As of a push: how long a phone that goes away meanwhile is waited for. */
  againAfterMs?: readonly number[];
}

/** What a measuring job was asked to do. */
interface MeasureParameters {
  deviceId: DeviceId;
  deviceName: string;
  targetId: string;
  modelIds: ModelId[];
  photos: number;
}

/** A slow phone must not hold up the others. */
const measuredAtOnce = 16;

/** Figures that phones measure: kept apart from this computer's, and shown as theirs. */
export function createMeasureService(parts: MeasureParts): {
  handlers: HandlersOf<typeof phoneMeasurementsApi>;
} {
  const { context, jobs, models, hub, errands, comparisons } = parts;
  const targets = createStoredTargets(context.database);
  const measurements = createMeasurementRepository(context.database);
  const started = new Map<DeviceId, JobId>();
  const changed = () => context.emit('phoneMeasurements.changed', {});

  jobs.register<MeasureParameters>('measure-on-phone', {
    resumable: true,
    atOnce: measuredAtOnce,
    run: measure,
  });

  async function measure(parameters: MeasureParameters, job: JobHandle) {
    const { deviceId, deviceName, targetId, modelIds, photos } = parameters;
    // One that is resumed was not started here.
    errands.began(deviceId, job.id);
    started.set(deviceId, job.id);
    const target = speakingTarget(targetId);
    const files = modelIds.map((id) => {
      const model = models.get(id);
      return { model, path: models.file(model) };
    });
    const requestId = `measure-${randomBytes(6).toString('hex')}`;
    const question = await askAbout(parts, files, { photos, requestId, job });
    const device = { deviceId, deviceName };
    const { id } = measurements.add(
      await measureOnPhone(parts, { device, target, models: files, question, job }),
    );
    changed();
    return { measurementId: id };
  }

  function speakingTarget(targetId: string) {
    const target = targets.get(targetId);
    if (target.speaksProtocol) return target;
    throw new AppError(
      'bad-request',
      `${target.name} does not speak the companion protocol, so it answers no questions.`,
      'Measure with the Pocketlens companion, or with an app that speaks it (docs/companion-protocol.md).',
    );
  }

  return {
    handlers: {
      'phoneMeasurements.list': () => ({
        measurements: measurements.list(),
        jobs: [...started].map(([deviceId, jobId]) => ({ deviceId, jobId })),
      }),
      'phoneMeasurements.measure': async ({ deviceId, modelIds, targetId, photos }) => {
        speakingTarget(targetId);
        // Whether they can be measured together is said at once.
        comparisons.testPhotos(modelIds);
        const device = (await hub.list()).find(({ id }) => id === deviceId);
        if (!device) {
          throw new AppError(
            'device-gone',
            'The phone is not connected.',
            'Plug it in, unlock it, and measure again. “pocketlens devices” lists those that are there.',
          );
        }
        const deviceName = device.name;
        errands.requireNone(deviceId, deviceName);
        const names = modelIds.map((id) => models.get(id).name).join(' and ');
        const jobId = jobs.start<MeasureParameters>(
          'measure-on-phone',
          `Measuring ${names} on ${deviceName}`,
          { deviceId, deviceName, targetId, modelIds, photos },
        );
        errands.began(deviceId, jobId);
        started.set(deviceId, jobId);
        changed();
        return { jobId };
      },
    },
  };
}
