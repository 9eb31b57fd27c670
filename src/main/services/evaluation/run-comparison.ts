import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { Comparison, ModelResult, PhotoAnswer } from '../../../shared/domain/comparison';
import { compareToFirst, scoreAnswers } from '../../../shared/domain/comparison-math';
import { verdict } from '../../../shared/domain/verdict';
import type { Dataset, JobHandle, Models, ProjectContext } from '../ports';
import { type Answers, answerAll } from './answer-all';
import { costSteps, measureCosts } from './measure-costs';
import {
  type CompareParameters,
  type ComparisonPlan,
  planComparison,
  skipReasons,
} from './plan-comparison';

export interface ComparisonParts {
  context: ProjectContext;
  dataset: Dataset;
  models: Models;
}

/** Answers, times and judges; writes nothing. Returns the comparison without its id. */
export async function runComparison(
  parameters: CompareParameters,
  job: JobHandle,
  parts: ComparisonParts,
): Promise<Omit<Comparison, 'id'>> {
  const { context, dataset } = parts;
  const plan = planComparison(parameters, parts);

  const answers = await askAll(plan, job, parts);
  const { photos, skipped } = joinAnswers(plan, answers);
  if (skipped.length > 0) job.log(`${skipped.length} photos left out: ${skipReasons(skipped)}`);
  const answered = new Set(photos.map((photo) => photo.photoId));
  const usable = plan.photos.filter((photo) => answered.has(photo.photoId));
  const before = plan.models.length * plan.photos.length;
  const costs = await measureCosts({ ...plan, photos: usable }, before, job, parts);
  throwIfCancelled(job.signal);

  const { generated } = context.info();
  const createdAt = context.now().toISOString();
  const pictures = generated
    ? `generated ${parameters.split} pictures`
    : `${parameters.split} photos`;
  const { machine } = costs;
  const results = plan.models.map((model, index): ModelResult => {
    const own = costs.of(index);
    const { threads } = own.latencyMs;
    const withThreads = `${threads} thread${threads === 1 ? '' : 's'}`;
    return {
      modelId: model.id,
      name: model.name,
      precision: model.precision,
      io: model.io,
      bytes: model.bytes,
      ...scoreAnswers(plan.labels, photos, index),
      ...own,
      provenance: {
        kind: 'measured',
        on: `${photos.length} ${pictures} of ${plan.versionId}`,
        by: `${answers[index]?.runtime ?? machine.runtime}, ${withThreads}`,
        at: createdAt,
      },
    };
  });
  const fileName = (photoId: number) => dataset.fileName(photoId);
  const differences = results
    .slice(1)
    .map((_, index) => compareToFirst(results, photos, index + 1, fileName));
  const { split } = parameters;
  return {
    createdAt,
    split,
    labels: plan.labels,
    models: results,
    differences,
    answers: photos,
    machine,
    verdict: verdict({ models: results, differences, split, generated }),
    skipped,
    generated,
  };
}

/** The models one after another, so that the second finds the photos decoded in the cache. */
async function askAll(
  { models: compared, photos }: ComparisonPlan,
  job: JobHandle,
  { context, models }: ComparisonParts,
): Promise<Answers[]> {
  const total = compared.length * photos.length + costSteps(compared.length);
  const answers: Answers[] = [];
  for (const [index, model] of compared.entries()) {
    const before = index * photos.length;
    job.progress({ done: before, total, step: `${model.name} answers ${photos.length} photos` });
    answers.push(
      await answerAll(context.workers, {
        modelFile: models.file(model),
        preprocessing: model.preprocessing,
        photos,
        cacheFile: context.cacheFile,
        signal: job.signal,
        onProgress: (done) => job.progress({ done: before + done }),
      }),
    );
  }
  return answers;
}

/** Photos that every model answered; the others are skipped with the reason. */
function joinAnswers(
  plan: ComparisonPlan,
  answers: readonly Answers[],
): { photos: PhotoAnswer[]; skipped: Comparison['skipped'] } {
  const reasons = new Map(
    answers.flatMap(({ failures }) => failures.map(({ photoId, reason }) => [photoId, reason])),
  );
  const photos: PhotoAnswer[] = [];
  const skipped = [...plan.skipped];
  for (const [row, { photoId, truth }] of plan.photos.entries()) {
    const probabilities = answers.flatMap(({ rows }) => {
      const answer = rows[row];
      return answer ? [answer] : [];
    });
    if (probabilities.length === answers.length) photos.push({ photoId, truth, probabilities });
    else skipped.push({ photoId, reason: reasons.get(photoId) ?? 'It could not be read.' });
  }
  if (photos.length === 0) {
    throw new AppError(
      'photo-unreadable',
      `None of the ${plan.photos.length} photos could be read.`,
      'Check that the disk with the photos is there, or relink them.',
    );
  }
  return { photos, skipped };
}
