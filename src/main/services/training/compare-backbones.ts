import { type Backbone, backbonePreprocessing } from '../../../shared/domain/backbone';
import type { BackboneTrials } from '../../../shared/domain/backbone-trials';
import type { TrainingSettings } from '../../../shared/domain/model';
import { percentile } from '../../../shared/domain/statistics';
import type { TaskOutput } from '../../workers/tasks';
import type { JobHandle } from '../ports';
import type { TrainingParts } from './run-training';
import { prepareFeatures, quickSettings, scoreAll } from './score-trials';
import { joinOutcomes, pairedGain, shareRight } from './trial-counts';
import { type TrialPhoto, trialPhotos } from './trial-photos';

const folds = [0, 1, 2, 3, 4];
const warmupRuns = 3;
const timedRuns = 20;
/** Photos that the timed runs go through in turn. */
const timedPhotos = 4;

/**
 * Trains heads on each backbone's features, with the settings that are set, and times the backbones.
 * @throws AppError 'not-ready' and 'photo-unreadable' as `trialPhotos`, 'cancelled'.
 */
export async function compareBackbones(
  settings: TrainingSettings,
  job: JobHandle,
  parts: TrainingParts,
): Promise<BackboneTrials> {
  const { context, backbones } = parts;
  const { seed } = settings;
  const all = backbones.list();
  const chosen = backbones.get(settings.backbone);
  const { photos, of, labels } = trialPhotos(parts, seed);
  const outcomes = new Map<string, Uint8Array>();
  let engine = '';
  for (const backbone of all) {
    await prepareFeatures(photos, backbone, job, parts);
    const answer = await scoreAll(
      `Trying heads on ${backbone.title}`,
      folds.map((fold) => ({ fold, share: 1, settings: quickSettings(settings) })),
      { photos, labels, backbone, seed },
      job,
      parts,
    );
    ({ engine } = answer);
    outcomes.set(backbone.name, joinOutcomes(answer.scores));
  }
  const timing = await timeAll(all, photos, job, parts);
  const outcomesOf = ({ name }: Backbone) => outcomes.get(name) ?? new Uint8Array(0);
  const trials = await Promise.all(
    all.map(async (backbone, index) => {
      const { totals } = await context.workers.run(
        'describe-graph',
        { modelFile: backbones.file(backbone) },
        { signal: job.signal },
      );
      const times = timing.models[index]?.timesMs ?? [];
      return {
        name: backbone.name,
        title: backbone.title,
        bytes: backbone.bytes,
        multiplyAdds: totals.multiplyAdds,
        latencyMs: {
          p50: percentile(times, 0.5),
          p95: percentile(times, 0.95),
          runs: times.length,
        },
        accuracy: shareRight(outcomesOf(backbone)),
        gain: pairedGain(outcomesOf(chosen), outcomesOf(backbone)),
      };
    }),
  );
  return {
    at: context.now().toISOString(),
    engine,
    runtime: timing.runtime,
    threads: timing.threads,
    photos: photos.length,
    of,
    folds: folds.length,
    chosen: chosen.name,
    trials,
  };
}

/** After all heads, when this job leaves the workers quiet: one worker, backbones taking turns. */
function timeAll(
  all: readonly Backbone[],
  photos: readonly TrialPhoto[],
  job: JobHandle,
  { context, backbones }: TrainingParts,
): Promise<TaskOutput<'measure-latency'>> {
  job.progress({ step: 'Timing the backbones, taking turns', done: 0, total: timedRuns });
  return context.workers.run(
    'measure-latency',
    {
      models: all.map((backbone) => ({
        file: backbones.file(backbone),
        preprocessing: backbonePreprocessing(backbone, []),
      })),
      photos: photos.slice(0, timedPhotos).map(({ photoId, sha256, path }) => {
        return { photoId, sha256, path };
      }),
      cacheFile: context.cacheFile,
      warmupRuns,
      runs: timedRuns,
    },
    {
      signal: job.signal,
      onProgress: ({ done }) => job.progress({ done: Math.max(0, done - warmupRuns) }),
    },
  );
}
