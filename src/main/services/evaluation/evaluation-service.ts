import type { HandlersOf } from '../../../shared/api/contract';
import type { evaluationApi } from '../../../shared/api/evaluation-api';
import type { Comparison } from '../../../shared/domain/comparison';
import { robustnessSchema } from '../../../shared/domain/robustness';
import { photosOfSlice, sliceAnswers, type Slices } from '../../../shared/domain/slices';
import { thumbnailUrls } from '../../platform/report/thumbnail-urls';
import type { Comparisons, Dataset, Jobs, Models, ProjectContext } from '../ports';
import { createComparisonRepository } from './comparison-repository';
import { readStored, writeStored } from '../../platform/database/stored-value';
import { explainPhotos } from './explain-photos';
import { measureRobustness } from './measure-robustness';
import { type CompareParameters, planComparison } from './plan-comparison';
import { flipsToShow } from './report/flips-section';
import { reportHtml } from './report-html';
import { reportJson } from './report-json';
import { runComparison } from './run-comparison';
import { readSlicedPhotos } from './read-sliced-photos';
import { tradeOffOf } from './trade-off';

export interface EvaluationService {
  handlers: HandlersOf<typeof evaluationApi>;
  comparisons: Comparisons;
  /**
   * A saved comparison as a page of its own or for programs.
   * @throws AppError 'not-found'.
   */
  report(id: string, form: 'html' | 'json'): Promise<string>;
}

export interface EvaluationParts {
  context: ProjectContext;
  jobs: Jobs;
  dataset: Dataset;
  models: Models;
}

const robustnessKey = (comparisonId: string) => `robustness.${comparisonId}`;

export function createEvaluationService(parts: EvaluationParts): EvaluationService {
  const { context, jobs, dataset, models } = parts;
  const repository = createComparisonRepository(context.database);

  jobs.register<CompareParameters>('compare', {
    resumable: true,
    async run(parameters, job) {
      const { id } = repository.save(await runComparison(parameters, job, parts));
      context.emit('evaluation.changed', {});
      return { comparisonId: id };
    },
  });

  jobs.register<{ comparisonId: string }>('disturb', {
    resumable: true,
    async run({ comparisonId }, job) {
      const measured = await measureRobustness(repository.get(comparisonId), job, parts);
      writeStored(context.database, robustnessKey(comparisonId), measured);
      return {};
    },
  });
  const robustnessOf = (comparisonId: string) =>
    readStored(context.database, robustnessKey(comparisonId), robustnessSchema);

  const slicedPhotos = ({ answers }: Comparison) =>
    readSlicedPhotos(
      context.database,
      answers.map(({ photoId }) => photoId),
    );
  const slicesOf = (comparison: Comparison): Slices[] =>
    sliceAnswers(comparison.answers, slicedPhotos(comparison));

  return {
    handlers: {
      'evaluation.compare': (parameters) => {
        // What can't be compared is said at once, before a job is queued.
        const plan = planComparison(parameters, parts);
        const names = plan.models.map((model) => model.name).join(', ');
        const title = `Comparing ${names} on ${plan.photos.length} ${parameters.split} photos`;
        return { jobId: jobs.start<CompareParameters>('compare', title, parameters) };
      },
      'evaluation.comparisons': () => ({ comparisons: repository.list() }),
      'evaluation.explain': (asked, { signal }) => explainPhotos(asked, parts, signal),
      'evaluation.slices': ({ comparisonId }) => ({
        slices: slicesOf(repository.get(comparisonId)),
      }),
      'evaluation.slicePhotos': ({ comparisonId, dimension, value }) => {
        const comparison = repository.get(comparisonId);
        const part = { dimension, value };
        return { photoIds: photosOfSlice(comparison.answers, slicedPhotos(comparison), part) };
      },
      'evaluation.disturb': ({ comparisonId }) => {
        const names = repository.get(comparisonId).models.map(({ name }) => name);
        const title = `Making photos worse for ${names.join(', ')}`;
        return { jobId: jobs.start('disturb', title, { comparisonId }) };
      },
      'evaluation.robustness': ({ comparisonId }) => ({ robustness: robustnessOf(comparisonId) }),
      'evaluation.setNote': ({ comparisonId, note }) => {
        repository.setNote(comparisonId, note);
        context.emit('evaluation.changed', {});
        return {};
      },
      'evaluation.tradeOff': () => {
        const tradeOff = tradeOffOf(models.list(), repository);
        return tradeOff ? { tradeOff } : {};
      },
      'evaluation.comparison': ({ comparisonId }) => repository.packed(comparisonId),
    },
    comparisons: {
      get: repository.get,
      latestWith: repository.latestWith,
      testPhotos(modelIds) {
        const asked = { modelIds: [...modelIds], split: 'test' as const };
        const { versionId, photos } = planComparison(asked, parts);
        return { versionId, photos };
      },
    },
    async report(id, form) {
      const comparison = repository.get(id);
      const ids = new Set(comparison.models.map((model) => model.modelId));
      const source = {
        project: context.info(),
        comparison,
        // Models removed since are left out; the comparison keeps their figures.
        models: models.list().filter((model) => ids.has(model.id)),
        slices: slicesOf(comparison),
        robustness: robustnessOf(id),
      };
      if (form === 'json') return reportJson(source);
      const shown = comparison.differences.flatMap((difference) =>
        flipsToShow(difference).map((flip) => flip.photoId),
      );
      const photos = dataset.sources([...new Set(shown)]);
      return reportHtml({ ...source, thumbnails: await thumbnailUrls(photos, context) });
    },
  };
}
