import type { HandlersOf } from '../../../shared/api/contract';
import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { quantizationApi } from '../../../shared/api/quantization-api';
import type { VersionPhoto } from '../../../shared/domain/dataset-version';
import type { Model, ModelId, QuantizationSettings } from '../../../shared/domain/model';
import { removeFile } from '../../platform/remove-file';
import type { PhotoSource, TaskOutput, TaskProgress } from '../../workers/tasks';
import type { Dataset, JobHandle, Jobs, Models, ProjectContext } from '../ports';
import { chooseCalibration, chooseChecks } from './choose-photos';

const checkPhotos = 64;

interface QuantizeParameters {
  modelId: ModelId;
  settings: QuantizationSettings;
}

export interface QuantizationParts {
  context: ProjectContext;
  jobs: Jobs;
  dataset: Dataset;
  models: Models;
}

export function createQuantizationService(parts: QuantizationParts): {
  handlers: HandlersOf<typeof quantizationApi>;
} {
  const { jobs, models } = parts;
  jobs.register<QuantizeParameters>('quantize', {
    resumable: true,
    run: async (parameters, job) => ({ modelId: await quantize(parameters, job, parts) }),
  });
  return {
    handlers: {
      'quantization.start': (parameters) => {
        const parent = floatModel(parameters.modelId, models);
        const title = `Quantizing ${parent.name} to ${parameters.settings.precision}`;
        return { jobId: jobs.start<QuantizeParameters>('quantize', title, parameters) };
      },
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
  { modelId, settings: asked }: QuantizeParameters,
  job: JobHandle,
  { context, dataset, models }: QuantizationParts,
): Promise<ModelId> {
  const parent = floatModel(modelId, models);
  // Only int8 files have other inputs and outputs than float32, whatever was asked.
  const settings = asked.precision === 'int8' ? asked : { ...asked, io: 'float32' as const };
  const { calibration, checks } = choosePhotos(parent, settings, dataset);
  const missing = settings.calibration.count - calibration.length;
  if (isCalibrated(settings) && missing > 0) {
    job.log(`Calibrating on ${calibration.length} photos: there are no more to train on.`);
  }
  const id = models.nextId();
  const file = models.temporaryFile(id);
  try {
    const output = await context.workers.run(
      'quantize-model',
      {
        modelFile: models.file(parent),
        preprocessing: parent.preprocessing,
        settings,
        calibration,
        checks,
        cacheFile: context.cacheFile,
        outputFile: file,
      },
      { signal: job.signal, onProgress: (progress) => report(progress, calibration.length, job) },
    );
    throwIfCancelled(job.signal);
    models.add(quantizedModel(id, parent, settings, calibration.length, output, context.now()));
    return id;
  } catch (error) {
    await removeFile(file);
    throw error;
  }
}

/** Ranges of values, or their means, are measured on photos. */
const isCalibrated = ({ precision, biasCorrection }: QuantizationSettings): boolean =>
  precision === 'int8' || (precision !== 'float16' && biasCorrection);

/** Photos that are there, from the frozen version the model itself was trained on. */
function choosePhotos(
  parent: Model,
  settings: QuantizationSettings,
  dataset: Dataset,
): { calibration: PhotoSource[]; checks: PhotoSource[] } {
  const { photos } = dataset.version(parent.versionId);
  const sources = new Map(
    dataset.sources(photos.map((photo) => photo.photoId)).map((source) => [source.photoId, source]),
  );
  const present = photos.filter((photo) => sources.get(photo.photoId)?.sha256 === photo.sha256);
  const calibration = isCalibrated(settings)
    ? chooseCalibration(present, settings.calibration)
    : [];
  const checks = chooseChecks(present, calibration, checkPhotos, settings.calibration.seed);
  if (checks.length === 0 || (isCalibrated(settings) && calibration.length === 0)) {
    throw new AppError(
      'not-ready',
      `None of the photos that ${parent.name} was trained on can be found.`,
      'Relink the missing photos: quantizing is calibrated and checked on them.',
    );
  }
  const toSources = (chosen: readonly VersionPhoto[]) =>
    chosen.flatMap(({ photoId }) => sources.get(photoId) ?? []);
  return { calibration: toSources(calibration), checks: toSources(checks) };
}

const steps = {
  calibrating: 'Calibrating',
  writing: 'Writing the file',
  checking: 'Checking against the float model',
} as const;

/** The task counts each step from 0; the job counts them through. */
function report(
  { step, done, total }: TaskProgress<'quantize-model'>,
  calibrationPhotos: number,
  job: JobHandle,
): void {
  const before = { calibrating: 0, writing: calibrationPhotos, checking: calibrationPhotos + 1 };
  const share = step === 'writing' ? done / Math.max(1, total) : done;
  job.progress({
    step: steps[step],
    done: before[step] + share,
    total: calibrationPhotos + 1 + (step === 'checking' ? total : checkPhotos),
  });
}

function quantizedModel(
  id: ModelId,
  parent: Model,
  settings: QuantizationSettings,
  calibrationPhotos: number,
  output: TaskOutput<'quantize-model'>,
  now: Date,
): Model {
  const { precision, io } = settings;
  const { changes, check, seconds, bytes, sha256, preprocessing, runtime } = output;
  const variant = precision === 'int8' && io === 'float32' ? ' (float32 in and out)' : '';
  return {
    id,
    name: `${parent.name} · ${precision}${variant}`,
    precision,
    io,
    bytes,
    sha256,
    createdAt: now.toISOString(),
    parentId: parent.id,
    versionId: parent.versionId,
    backbone: parent.backbone,
    preprocessing,
    quantization: { settings, calibrationPhotos, seconds, changes, check },
    provenance: {
      kind: 'measured',
      on: `${check.photos} training and validation photos of ${parent.versionId}`,
      by: runtime,
      at: now.toISOString(),
    },
  };
}
