import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import {
  type CalibrationTrial,
  type CalibrationTrials,
  calibrationsToTry,
} from '../../../shared/domain/calibration-trials';
import type { Model, QuantizationSettings } from '../../../shared/domain/model';
import { removeFile } from '../../platform/remove-file';
import type { JobHandle } from '../ports';
import { findJudges, isAboutThisForm, judge, type Judges } from './judge-model';
import { makeQuantized } from './make-quantized';
import type { QuantizationParts } from './quantization-parts';

/**
 * Makes an int8 form with every choice of calibration photos and every range rule, and judges each on the
 * validation split. No model is kept: the table says which settings are worth it.
 */
export async function tryCalibrations(
  parts: QuantizationParts,
  parent: Model,
  base: QuantizationSettings,
  job: JobHandle,
): Promise<CalibrationTrials> {
  const { context, models } = parts;
  const judges = findJudges(parts, parent);
  const planned = calibrationsToTry(base);
  const total = planned.length + 1;
  job.progress({ step: 'Measuring the float model', done: 0, total });
  const float = await judge(parts, models.file(parent), parent.preprocessing, {
    judges,
    bytes: parent.bytes,
    signal: job.signal,
  });
  const trials: CalibrationTrial[] = [];
  for (const settings of planned) {
    const done = trials.length + 1;
    job.progress({ step: `Calibration ${done} of ${planned.length}`, done, total });
    trials.push(await tryOne(parts, parent, settings, judges, job));
  }
  throwIfCancelled(job.signal);
  job.progress({ done: total, total });
  return {
    modelId: parent.id,
    versionId: parent.versionId,
    at: context.now().toISOString(),
    runtime: float.runtime,
    photos: judges.photos.length,
    floatCorrect: float.correct,
    trials,
  };
}

async function tryOne(
  parts: QuantizationParts,
  parent: Model,
  settings: QuantizationSettings,
  judges: Judges,
  { signal }: JobHandle,
): Promise<CalibrationTrial> {
  const { choice, ranges } = settings.calibration;
  const file = parts.models.temporaryFile(parts.models.nextId());
  try {
    const { output } = await makeQuantized(parts, parent, settings, file, {
      signal,
      onProgress: () => undefined,
    });
    const { preprocessing, bytes, check } = output;
    const { correct } = await judge(parts, file, preprocessing, { judges, bytes, signal });
    const { agreement, largestDifference } = check;
    return { choice, ranges, correct, agreement, largestDifference };
  } catch (error) {
    if (!(error instanceof AppError) || !isAboutThisForm(error)) throw error;
    return { choice, ranges, reason: error.message };
  } finally {
    await removeFile(file);
  }
}
