import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import {
  betterTrial,
  headCandidates,
  type HeadSearch,
  type HeadTrial,
} from '../../../shared/domain/head-search';
import type { TrainingSettings } from '../../../shared/domain/model';
import type { HeadTrialScore } from '../../workers/tasks/training-tasks';
import type { JobHandle } from '../ports';
import type { TrainingParts } from './run-training';
import { prepareFeatures, quickSettings, scoreTrials } from './score-trials';
import { joinOutcomes, judgedIn, pairedGain, rightIn } from './trial-counts';
import { trialPhotos } from './trial-photos';

/**
 * Successive halving (K. Jamieson, A. Talwalkar, AISTATS 2016): all candidates are judged on one fold,
 * the best of them on more. The current settings stay in to the end, to be held against.
 */
const rounds = [
  { folds: [0], candidates: 18 },
  { folds: [1, 2], candidates: 7 },
  { folds: [3, 4], candidates: 4 },
] as const;
/** No trial begins later: it is to be done within a minute, whatever the number of photos. */
const mostMs = 45_000;

interface Tried {
  settings: TrainingSettings;
  /** By fold. */
  scores: Map<number, HeadTrialScore>;
}

export async function searchHead(
  settings: TrainingSettings,
  job: JobHandle,
  parts: TrainingParts,
): Promise<HeadSearch> {
  const { seed } = settings;
  const backbone = parts.backbones.get(settings.backbone);
  const { photos, of, labels } = trialPhotos(parts, seed);
  await prepareFeatures(photos, backbone, job, parts);
  const started = Date.now();
  const planned = rounds.reduce((sum, { folds, candidates }) => sum + folds.length * candidates, 0);
  job.progress({ step: 'Trying heads with other settings', done: 0, total: planned });

  const candidates = headCandidates(settings, rounds[0].candidates, seed);
  const tried = candidates.map((one): Tried => ({ settings: one, scores: new Map() }));
  const [current] = tried;
  if (!current) throw new RangeError('The current settings are always tried');
  let engine = '';
  let made = 0;
  for (const round of rounds) {
    const kept = keepBest(tried, current, round.candidates);
    const plans = kept.flatMap((trial) => round.folds.map((fold) => ({ trial, fold })));
    const before = made;
    const answer = await scoreTrials(
      plans.map(({ trial, fold }) => ({ fold, share: 1, settings: quickSettings(trial.settings) })),
      {
        photos,
        labels,
        backbone,
        seed,
        deadline: started + mostMs,
        signal: job.signal,
        onScored: (done) => job.progress({ done: before + done }),
      },
      parts,
    );
    throwIfCancelled(job.signal);
    engine = answer.engine;
    plans.forEach(({ trial, fold }, index) => {
      const score = answer.scores[index];
      if (!score) return;
      trial.scores.set(fold, score);
      made += 1;
    });
  }
  return {
    ...outcome(tried, current),
    at: parts.context.now().toISOString(),
    backbone: backbone.title,
    engine,
    photos: photos.length,
    of,
    seconds: (Date.now() - started) / 1000,
    planned,
  };
}

function keepBest(tried: readonly Tried[], current: Tried, count: number): Tried[] {
  const others = tried.filter((trial) => trial !== current);
  const best = others
    .filter(({ scores }) => scores.size >= mostFolds(others))
    .sort((a, b) => betterTrial(summary(a), summary(b)));
  return [current, ...best.slice(0, count - 1)];
}

const mostFolds = (tried: readonly Tried[]): number =>
  Math.max(...tried.map(({ scores }) => scores.size));

function outcome(
  tried: readonly Tried[],
  current: Tried,
): Pick<HeadSearch, 'current' | 'trials' | 'gain'> {
  const judged = tried.filter(({ scores }) => scores.size > 0);
  if (current.scores.size === 0 || judged.length === 0) {
    throw new AppError(
      'not-ready',
      'Time ran out before a single head was trained.',
      'Try again when the computer is less busy.',
    );
  }
  const ordered = [...judged].sort(
    (a, b) => b.scores.size - a.scores.size || betterTrial(summary(a), summary(b)),
  );
  const [best = current] = ordered;
  return {
    current: summary(current),
    trials: ordered.map(summary),
    gain: pairedGain(outcomesOf(current), outcomesOf(best)),
  };
}

const outcomesOf = ({ scores }: Tried): Uint8Array => joinOutcomes([...scores.values()]);

function summary(trial: Tried): HeadTrial {
  const all = [...trial.scores.values()];
  const outcomes = outcomesOf(trial);
  const judged = judgedIn(outcomes);
  const lost = all.reduce((sum, score) => sum + score.loss * judgedIn(score.outcomes), 0);
  return {
    settings: trial.settings,
    correct: rightIn(outcomes),
    judged,
    folds: all.length,
    loss: lost / judged,
  };
}
