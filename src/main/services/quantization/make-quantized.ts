import { AppError } from '../../../shared/api/errors';
import type { VersionPhoto } from '../../../shared/domain/dataset-version';
import {
  isCalibrated,
  type Model,
  type ModelId,
  type QuantizationSettings,
} from '../../../shared/domain/model';
import { freeModelName } from '../../../shared/domain/model-name';
import type { LabeledPhoto, PhotoSource, TaskOutput, TaskProgress } from '../../workers/tasks';
import type { Dataset } from '../ports';
import { chooseCalibration } from './choose-calibration';
import { chooseChecks } from './choose-photos';
import type { QuantizationParts } from './quantization-parts';

/** Photos that a quantized file is held against its parent on. */
export const checkPhotos = 64;

export interface QuantizedFile {
  output: TaskOutput<'quantize-model'>;
  settings: QuantizationSettings;
  calibrationPhotos: number;
}

/** What was asked, but for what the precision leaves no choice of. */
function settingsFor(asked: QuantizationSettings): QuantizationSettings {
  const { precision, keepFloat, calibration, roundingSearch, aware } = asked;
  if (precision === 'int8' && roundingSearch && aware) throw twoRoundings();
  if (precision === 'int8') return asked;
  const float = { ...asked, io: 'float32' as const, equalization: false, aware: undefined };
  if (precision === 'float16') {
    return { ...float, keepFloat: [], biasCorrection: false, roundingSearch: false };
  }
  if (precision !== 'int16x8') return { ...float, keepFloat: [] };
  // 65,536 steps hold the rarest values, too: nothing is to be gained by clipping them.
  return { ...float, keepFloat, calibration: { ...calibration, ranges: 'min-max' } };
}

const twoRoundings = () =>
  new AppError(
    'bad-request',
    'The rounding is searched or the model is trained for int8, not both: what it learned holds for the nearest weights.',
    'Leave one of them out.',
  );

/**
 * Writes the quantized form of a float model into `file`, calibrated and checked on photos of the
 * version that the model was trained on.
 * @throws AppError 'model-broken' when it answers otherwise than its parent, 'not-ready' without
 * photos, 'model-unsupported', 'cancelled'; there is no file then.
 */
export async function makeQuantized(
  parts: QuantizationParts,
  parent: Model,
  asked: QuantizationSettings,
  file: string,
  {
    signal,
    judgesCorrections = false,
    onProgress,
  }: {
    signal: AbortSignal;
    /** Measures what each correction gained, which takes as many more inferences. */
    judgesCorrections?: boolean;
    onProgress(progress: TaskProgress<'quantize-model'>, calibrationPhotos: number): void;
  },
): Promise<QuantizedFile> {
  const settings = settingsFor(asked);
  const { context, models, dataset } = parts;
  const { calibration, checks } = await choosePhotos(parts, parent, settings, signal);
  const output = await context.workers.run(
    'quantize-model',
    {
      modelFile: models.file(parent),
      preprocessing: parent.preprocessing,
      settings,
      calibration,
      checks,
      ...(settings.aware ? { learned: photosToLearn(parent, dataset) } : {}),
      ...(judgesCorrections ? { judged: photosToJudge(parent, dataset) } : {}),
      cacheFile: context.cacheFile,
      outputFile: file,
    },
    { signal, onProgress: (progress) => onProgress(progress, calibration.length) },
  );
  return { output, settings, calibrationPhotos: calibration.length };
}

/** Photos of a version that are there and unchanged. */
export function presentPhotos(
  versionId: string,
  dataset: Dataset,
): { photo: VersionPhoto; source: PhotoSource }[] {
  const { photos } = dataset.version(versionId);
  const sources = new Map(
    dataset.sources(photos.map((photo) => photo.photoId)).map((source) => [source.photoId, source]),
  );
  return photos.flatMap((photo) => {
    const source = sources.get(photo.photoId);
    return source?.sha256 === photo.sha256 ? [{ photo, source }] : [];
  });
}

async function choosePhotos(
  parts: QuantizationParts,
  parent: Model,
  settings: QuantizationSettings,
  signal: AbortSignal,
): Promise<{ calibration: PhotoSource[]; checks: PhotoSource[] }> {
  const found = presentPhotos(parent.versionId, parts.dataset);
  const calibration = isCalibrated(settings)
    ? await chooseCalibration(parts, parent, found, settings.calibration, signal)
    : [];
  const used = new Set(calibration.map(({ photoId }) => photoId));
  const present = found.map(({ photo }) => photo);
  const checks = chooseChecks(
    present,
    present.filter(({ photoId }) => used.has(photoId)),
    checkPhotos,
    settings.calibration.seed,
  );
  if (checks.length === 0 || (isCalibrated(settings) && calibration.length === 0)) {
    throw photosGone(parent);
  }
  const sources = new Map(found.map(({ source }) => [source.photoId, source]));
  return { calibration, checks: checks.flatMap(({ photoId }) => sources.get(photoId) ?? []) };
}

/** Those of the version that the model may learn from and be judged on meanwhile. */
function photosToLearn(parent: Model, dataset: Dataset): LabeledPhoto[] {
  return presentPhotos(parent.versionId, dataset)
    .filter(({ photo }) => photo.split !== 'test')
    .map(({ photo: { labelIndex, split }, source }) => ({ ...source, labelIndex, split }));
}

/** Validation photos that corrections are judged on: more would tell little more, and take long. */
const mostJudged = 50;

function photosToJudge(parent: Model, dataset: Dataset): LabeledPhoto[] {
  const found = new Map(
    presentPhotos(parent.versionId, dataset).map((entry) => [entry.photo.photoId, entry]),
  );
  const validation = [...found.values()]
    .map(({ photo }) => photo)
    .filter(({ split }) => split === 'validation');
  return chooseChecks(validation, [], mostJudged, 1).flatMap(({ photoId, labelIndex, split }) => {
    const entry = found.get(photoId);
    return entry ? [{ ...entry.source, labelIndex, split }] : [];
  });
}

export const photosGone = (parent: Model): AppError =>
  new AppError(
    'not-ready',
    `None of the photos that ${parent.name} was trained on can be found.`,
    'Relink the missing photos: quantizing is calibrated and checked on them.',
  );

/**
 * The library's record of a quantized file.
 * @param others models that its name must differ from.
 */
export function quantizedModel(
  id: ModelId,
  parent: Model,
  { output, settings, calibrationPhotos }: QuantizedFile,
  { now, others }: { now: Date; others: readonly Model[] },
): Model {
  const { precision, io, keepFloat, aware } = settings;
  const {
    changes,
    check,
    seconds,
    bytes,
    sha256,
    preprocessing,
    runtime,
    aware: trained,
    gains,
  } = output;
  const notes = [
    ...(io === 'uint8' || precision !== 'int8' ? [] : [`${io} in and out`]),
    ...(aware ? ['trained for it'] : []),
    ...(keepFloat.length > 0 ? [`${keepFloat.length} kept in float`] : []),
  ];
  const variant = notes.length > 0 ? ` (${notes.join(', ')})` : '';
  return {
    id,
    name: freeModelName(`${parent.name} · ${precision}${variant}`, others),
    precision,
    io,
    bytes,
    sha256,
    createdAt: now.toISOString(),
    parentId: parent.id,
    versionId: parent.versionId,
    backbone: parent.backbone,
    base: parent.base,
    preprocessing,
    quantization: { settings, calibrationPhotos, seconds, changes, check, aware: trained, gains },
    provenance: {
      kind: 'measured',
      on: `${check.photos} training and validation photos of ${parent.versionId}`,
      by: runtime,
      at: now.toISOString(),
    },
  };
}
