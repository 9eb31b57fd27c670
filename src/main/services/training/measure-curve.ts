import { AppError } from '../../../shared/api/errors';
import type { LearningCurve } from '../../../shared/domain/learning-curve';
import type { TrainingSettings } from '../../../shared/domain/model';
import type { HeadTrialScore } from '../../workers/tasks/training-tasks';
import type { JobHandle } from '../ports';
import type { TrainingParts } from './run-training';
import { prepareFeatures, quickSettings, scoreAll } from './score-trials';
import { joinOutcomes, judgedIn, pairedGain, rightIn, shareRight } from './trial-counts';
import { trialPhotos } from './trial-photos';

const folds = 5;
/** Each twice the one before. */
const shares = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1];

/** Would more photos help? Heads that learn from ever more of them, judged on others. */
export async function measureCurve(
  settings: TrainingSettings,
  job: JobHandle,
  parts: TrainingParts,
): Promise<LearningCurve> {
  const { seed } = settings;
  const backbone = parts.backbones.get(settings.backbone);
  const { photos, of, labels } = trialPhotos(parts, seed);
  await prepareFeatures(photos, backbone, job, parts);
  const plans = shares.flatMap((share) =>
    Array.from({ length: folds }, (_, fold) => ({
      fold,
      share,
      settings: quickSettings(settings),
    })),
  );
  const { engine, scores: made } = await scoreAll(
    'Training heads on parts of the photos',
    plans,
    { photos, labels, backbone, seed },
    job,
    parts,
  );
  const ofStep = (step: number) => made.slice(step * folds, (step + 1) * folds);
  const steps = shares.map((_, step) => stepOf(ofStep(step))).filter(isNew);
  if (steps.length < 2) {
    throw new AppError(
      'not-ready',
      'There are too few photos to learn from parts of them.',
      'Label more photos of each label.',
    );
  }
  const half = joinOutcomes(ofStep(shares.length - 2));
  const whole = joinOutcomes(ofStep(shares.length - 1));
  return {
    at: parts.context.now().toISOString(),
    backbone: backbone.title,
    engine,
    photos: photos.length,
    of,
    folds,
    steps,
    lastDoubling: pairedGain(half, whole),
    labels: labels
      .map((label, index) => {
        const isOfLabel = (_: number, photo: number) => photos[photo]?.labelIndex === index;
        const shareOf = (outcomes: Uint8Array) =>
          rightIn(outcomes) / Math.max(1, judgedIn(outcomes));
        return {
          label,
          photos: photos.filter(({ labelIndex }) => labelIndex === index).length,
          half: shareOf(half.filter(isOfLabel)),
          whole: shareOf(whole.filter(isOfLabel)),
        };
      })
      .sort((a, b) => a.whole - b.whole || a.half - b.half),
  };
}

function stepOf(scores: readonly HeadTrialScore[]): LearningCurve['steps'][number] {
  const learned = scores.reduce((sum, score) => sum + score.learned, 0);
  return {
    photos: Math.round(learned / scores.length),
    accuracy: shareRight(joinOutcomes(scores)),
  };
}

/** Of few photos, the smallest shares are the same: one photo a label. */
const isNew = (
  step: LearningCurve['steps'][number],
  index: number,
  all: readonly LearningCurve['steps'][number][],
): boolean => step.photos !== all[index - 1]?.photos;
