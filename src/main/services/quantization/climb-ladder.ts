import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { Model, QuantizationSettings } from '../../../shared/domain/model';
import {
  int8Rungs,
  isWithin,
  type Ladder,
  type LadderRung,
  mixedRungs,
  mostRungs,
  storageRungs,
} from '../../../shared/domain/quantization-ladder';
import { worstRounded } from '../../../shared/domain/layer-error';
import { removeFile } from '../../platform/remove-file';
import type { JobHandle } from '../ports';
import { findJudges, isAboutThisForm, judge, type Judges } from './judge-model';
import { measureLayersOf } from './layers-of-model';
import { makeQuantized, quantizedModel } from './make-quantized';
import type { QuantizationParts } from './quantization-parts';
import { writeLadder } from './stored-ladders';

/**
 * Makes one form of a float model after the other, the cheapest first, until one loses no more
 * accuracy than the budget on the validation split. That one is kept; without one none is.
 */
export async function climbLadder(
  parts: QuantizationParts,
  parent: Model,
  { budget, settings }: { budget: number; settings: QuantizationSettings },
  job: JobHandle,
): Promise<Ladder> {
  const { context, dataset, models } = parts;
  const judges = findJudges(parts, parent);
  const total = mostRungs + 1;
  job.progress({ step: 'Measuring the float model', done: 0, total });
  const { runtime, ...float } = await judge(parts, models.file(parent), parent.preprocessing, {
    judges,
    bytes: parent.bytes,
    signal: job.signal,
  });
  const found: Ladder = {
    parentId: parent.id,
    versionId: dataset.version(parent.versionId).id,
    budget,
    photos: judges.photos.length,
    float,
    rungs: [],
    runtime,
    at: context.now().toISOString(),
  };
  const climb = async (rungs: readonly QuantizationSettings[]): Promise<void> => {
    for (const rung of rungs) {
      if (found.modelId !== undefined) return;
      const done = found.rungs.length + 1;
      job.progress({ step: `Form ${done} of at most ${mostRungs}`, done, total });
      const result = await tryRung(parts, parent, rung, { found, judges, job });
      found.rungs.push(result.rung);
      if (result.modelId !== undefined) found.modelId = result.modelId;
      if (result.wasThere) found.wasThere = true;
    }
  };
  await climb(int8Rungs(settings));
  if (found.modelId === undefined) {
    const best = bestOf(found.rungs);
    if (best) await climb(mixedRungs(best, await worstTensors(parts, parent, best, job)));
  }
  await climb(storageRungs(settings));
  throwIfCancelled(job.signal);
  writeLadder(context.database, found);
  job.progress({ done: total, total });
  return found;
}

/** Of whole int8 forms that are sound, the one with most photos right; of equal ones the cheaper. */
function bestOf(rungs: readonly LadderRung[]): QuantizationSettings | undefined {
  return rungs
    .filter(({ outcome }) => outcome === 'below')
    .sort((a, b) => (b.correct ?? 0) - (a.correct ?? 0))[0]?.settings;
}

/** Makes a form once more, to see which of its tensors lose most by being rounded. */
async function worstTensors(
  parts: QuantizationParts,
  parent: Model,
  settings: QuantizationSettings,
  { signal }: JobHandle,
): Promise<string[]> {
  const file = parts.models.temporaryFile(parts.models.nextId());
  try {
    const { output } = await makeQuantized(parts, parent, settings, file, {
      signal,
      onProgress: () => undefined,
    });
    const { layers } = await measureLayersOf(
      parts,
      parent,
      { file, preprocessing: output.preprocessing },
      signal,
    );
    return worstRounded(layers, 8);
  } finally {
    await removeFile(file);
  }
}

/**
 * The file is gone again unless it is within the budget: then it is a model of the library. The very same
 * file from an earlier climb is kept instead of a second one.
 */
async function tryRung(
  parts: QuantizationParts,
  parent: Model,
  settings: QuantizationSettings,
  { found, judges, job }: { found: Ladder; judges: Judges; job: JobHandle },
): Promise<{ rung: LadderRung; modelId?: Model['id']; wasThere?: boolean }> {
  const { context, models } = parts;
  const id = models.nextId();
  const file = models.temporaryFile(id);
  try {
    const made = await makeQuantized(parts, parent, settings, file, {
      signal: job.signal,
      onProgress: () => undefined,
    });
    const { preprocessing, bytes, sha256 } = made.output;
    const { signal } = job;
    const judged = await judge(parts, file, preprocessing, { judges, bytes, signal });
    const { correct, latencyMs } = judged;
    const measured = { settings: made.settings, bytes, correct, latencyMs };
    if (!isWithin(correct, found)) {
      await removeFile(file);
      return { rung: { ...measured, outcome: 'below' } };
    }
    throwIfCancelled(signal);
    const rung = { ...measured, outcome: 'within' as const };
    const others = models.list();
    const same = others.find((one) => one.parentId === parent.id && one.sha256 === sha256);
    if (same) {
      await removeFile(file);
      return { rung, modelId: same.id, wasThere: true };
    }
    models.add(quantizedModel(id, parent, made, { now: context.now(), others }));
    return { rung, modelId: id };
  } catch (error) {
    await removeFile(file);
    if (!(error instanceof AppError) || !isAboutThisForm(error)) throw error;
    return { rung: { settings, outcome: 'broken', reason: error.message } };
  }
}
