import { throwIfCancelled } from '../../../shared/api/errors';
import { type Backbone, backboneRecipe } from '../../../shared/domain/backbone';
import type { TrainingSettings } from '../../../shared/domain/model';
import type { HeadTrialPlan, HeadTrialScore } from '../../workers/tasks/training-tasks';
import type { JobHandle } from '../ports';
import { computeFeatures, lackingFeatures } from './compute-features';
import type { TrainingParts } from './run-training';
import type { TrialPhoto } from './trial-photos';

export interface ScoreRequest {
  photos: readonly TrialPhoto[];
  labels: string[];
  backbone: Backbone;
  seed: number;
  deadline?: number;
  signal: AbortSignal;
  onScored(done: number): void;
}

/** Long enough to tell heads apart; a real training may go on for longer. */
const quick = { epochs: 40, patience: 6 } as const;

export const quickSettings = (settings: TrainingSettings): TrainingSettings => ({
  ...settings,
  mirror: false,
  epochs: Math.min(settings.epochs, quick.epochs),
  patience: settings.patience === 0 ? quick.patience : Math.min(settings.patience, quick.patience),
});

/** Computes what features the photos lack, as the first part of the job. */
export async function prepareFeatures(
  photos: readonly TrialPhoto[],
  backbone: Backbone,
  job: JobHandle,
  parts: TrainingParts,
): Promise<void> {
  const lacking = await lackingFeatures(parts.context, photos, backbone, false);
  if (lacking.length === 0) return;
  job.progress({ step: 'Computing features', done: 0, total: lacking.length });
  // A photo that can't be read is named by the trial that needs it.
  await computeFeatures(
    {
      photos: lacking,
      backbone,
      mirrored: false,
      priority: 'normal',
      signal: job.signal,
      onProgress: (done) => job.progress({ done }),
    },
    parts,
  );
}

/**
 * Scores of planned heads in their order, worked out on all workers; undefined where time ran out first.
 * @throws AppError 'cancelled' once every worker has stopped.
 */
export async function scoreTrials(
  plans: readonly HeadTrialPlan[],
  { photos, labels, backbone, seed, deadline, signal, onScored }: ScoreRequest,
  { context, backbones }: TrainingParts,
): Promise<{ engine: string; scores: (HeadTrialScore | undefined)[] }> {
  const { workers, cacheFile } = context;
  const lanes = Array.from({ length: Math.min(workers.size, plans.length) }, (_, lane) =>
    [...plans.keys()].filter((index) => index % workers.size === lane),
  );
  const done = lanes.map(() => 0);
  const outcomes = await Promise.allSettled(
    lanes.map((indexes, lane) =>
      workers.run(
        'score-heads',
        {
          photos: [...photos],
          labels,
          backbone,
          backboneFile: backbones.file(backbone),
          recipe: backboneRecipe(backbone),
          cacheFile,
          trials: indexes.flatMap((index) => plans[index] ?? []),
          seed,
          ...(deadline === undefined ? {} : { deadline }),
        },
        {
          signal,
          onProgress(progress) {
            done[lane] = progress.done;
            onScored(done.reduce((sum, count) => sum + count, 0));
          },
        },
      ),
    ),
  );
  const scores: (HeadTrialScore | undefined)[] = plans.map(() => undefined);
  let engine = '';
  outcomes.forEach((outcome, lane) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    engine = outcome.value.engine;
    outcome.value.scores.forEach((score, at) => {
      const index = lanes[lane]?.[at];
      if (index !== undefined) scores[index] = score;
    });
  });
  return { engine, scores };
}

/**
 * Scores of all planned heads that could be trained, as a step of a job.
 * @param step what the job says meanwhile.
 * @throws AppError 'cancelled' once every worker has stopped.
 */
export async function scoreAll(
  step: string,
  plans: readonly HeadTrialPlan[],
  request: Omit<ScoreRequest, 'deadline' | 'signal' | 'onScored'>,
  job: JobHandle,
  parts: TrainingParts,
): Promise<{ engine: string; scores: HeadTrialScore[] }> {
  job.progress({ step, done: 0, total: plans.length });
  const onScored = (done: number) => job.progress({ done });
  const { engine, scores } = await scoreTrials(
    plans,
    { ...request, signal: job.signal, onScored },
    parts,
  );
  throwIfCancelled(job.signal);
  return { engine, scores: scores.filter((score) => score !== undefined) };
}
