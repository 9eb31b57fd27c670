import type { HandlersOf } from '../../../shared/api/contract';
import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { quantizationApi } from '../../../shared/api/quantization-api';
import { calibrationTrialsSchema } from '../../../shared/domain/calibration-trials';
import {
  isCalibrated,
  type Model,
  type ModelId,
  type QuantizationSettings,
} from '../../../shared/domain/model';
import { readStored, writeStored } from '../../platform/database/stored-value';
import { removeFile } from '../../platform/remove-file';
import type { TaskProgress } from '../../workers/tasks';
import type { JobHandle, Jobs, Models } from '../ports';
import { tryCalibrations } from './try-calibrations';
import { climbLadder } from './climb-ladder';
import { layersOfModel } from './layers-of-model';
import { checkPhotos, makeQuantized, quantizedModel } from './make-quantized';
import type { QuantizationParts } from './quantization-parts';
import { readLadder } from './stored-ladders';

interface QuantizeParameters {
  modelId: ModelId;
  settings: QuantizationSettings;
}

interface ClimbParameters extends QuantizeParameters {
  budget: number;
}

const trialsKey = (modelId: ModelId) => `calibrations.${modelId}`;

export function createQuantizationService(parts: QuantizationParts & { jobs: Jobs }): {
  handlers: HandlersOf<typeof quantizationApi>;
} {
  const { jobs, models, context } = parts;
  jobs.register<QuantizeParameters>('quantize', {
    resumable: true,
    run: async (parameters, job) => ({ modelId: await quantize(parameters, job, parts) }),
  });
  jobs.register<ClimbParameters>('climb', {
    resumable: true,
    async run({ modelId, ...asked }, job): Promise<{ modelId?: ModelId }> {
      const found = await climbLadder(parts, floatModel(modelId, models), asked, job);
      return found.modelId === undefined ? {} : { modelId: found.modelId };
    },
  });
  jobs.register<QuantizeParameters>('try-calibrations', {
    resumable: true,
    async run({ modelId, settings }, job) {
      const trials = await tryCalibrations(parts, floatModel(modelId, models), settings, job);
      writeStored(context.database, trialsKey(modelId), trials);
      return {};
    },
  });
  return {
    handlers: {
      'quantization.start': (parameters) => {
        const parent = floatModel(parameters.modelId, models);
        const title = `Quantizing ${parent.name} to ${parameters.settings.precision}`;
        return { jobId: jobs.start<QuantizeParameters>('quantize', title, parameters) };
      },
      'quantization.climb': (parameters) => {
        const parent = floatModel(parameters.modelId, models);
        const title = `Looking for the smallest form of ${parent.name}`;
        return { jobId: jobs.start<ClimbParameters>('climb', title, parameters) };
      },
      'quantization.tryCalibrations': (parameters) => {
        const parent = floatModel(parameters.modelId, models);
        const title = `Trying calibrations of ${parent.name}`;
        return { jobId: jobs.start<QuantizeParameters>('try-calibrations', title, parameters) };
      },
      'quantization.calibrations': ({ modelId }) => ({
        trials: readStored(context.database, trialsKey(modelId), calibrationTrialsSchema),
      }),
      'quantization.layers': ({ modelId }, { signal }) => layersOfModel(parts, modelId, signal),
      'quantization.ladder': ({ modelId }) => ({ ladder: readLadder(context.database, modelId) }),
    },
  };
}

/** @throws AppError 'bad-request' when the model is quantized already. */
function floatModel(id: ModelId, models: Models): Model {
  const model = models.get(id);
  if (model.precision === 'float32') return model;
  throw new AppError(
    'bad-request',
    `${model.name} is ${model.precision} already.`,
    'Quantize the float32 model that it was made from.',
  );
}

/**
 * Writes the quantized file under a temporary name and adds it to the library only when the worker
 * found that it agrees with its parent; a broken one is removed and the job fails with the reason.
 */
async function quantize(
  { modelId, settings }: QuantizeParameters,
  job: JobHandle,
  parts: QuantizationParts,
): Promise<ModelId> {
  const { context, models } = parts;
  const parent = floatModel(modelId, models);
  const id = models.nextId();
  const file = models.temporaryFile(id);
  try {
    const made = await makeQuantized(parts, parent, settings, file, {
      signal: job.signal,
      judgesCorrections: true,
      onProgress: (progress, photos) => report(progress, photos, job),
    });
    if (isCalibrated(made.settings) && made.calibrationPhotos < settings.calibration.count) {
      job.log(`Calibrated on ${made.calibrationPhotos} photos: there are no more to train on.`);
    }
    throwIfCancelled(job.signal);
    models.add(quantizedModel(id, parent, made, { now: context.now(), others: models.list() }));
    return id;
  } catch (error) {
    await removeFile(file);
    throw error;
  }
}

const steps = {
  calibrating: 'Calibrating',
  searching: 'Searching how to round',
  learning: 'Training for int8',
  writing: 'Writing the file',
  checking: 'Checking against the float model',
  judging: 'Measuring what corrections gained',
} as const;

/** The task counts each step from 0; the job counts the usual ones through, the others on their own. */
function report(
  { step, done, total }: TaskProgress<'quantize-model'>,
  calibrationPhotos: number,
  job: JobHandle,
): void {
  if (step === 'learning' || step === 'searching' || step === 'judging') {
    return job.progress({ step: steps[step], done, total });
  }
  const before = { calibrating: 0, writing: calibrationPhotos, checking: calibrationPhotos + 1 };
  const share = step === 'writing' ? done / Math.max(1, total) : done;
  job.progress({
    step: steps[step],
    done: before[step] + share,
    total: calibrationPhotos + 1 + (step === 'checking' ? total : checkPhotos),
  });
}
