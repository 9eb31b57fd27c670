import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { Comparison } from '../../../shared/domain/comparison';
import { createRandom } from '../../../shared/domain/random';
import { type Robustness, disturbances, scoreDisturbed } from '../../../shared/domain/robustness';
import { cutIntoParts, runInParts } from '../../platform/run-in-parts';
import type { PhotoSource, TaskOutput } from '../../workers/tasks';
import type { Dataset, JobHandle, Models, ProjectContext } from '../ports';

export interface RobustnessParts {
  context: Pick<ProjectContext, 'workers' | 'cacheFile' | 'now'>;
  dataset: Pick<Dataset, 'sources'>;
  models: Pick<Models, 'get' | 'file'>;
}

/** Each is answered two dozen times by each model. */
const photosUsed = 100;
const seed = 1;

interface AskedPhoto extends PhotoSource {
  truth: number;
}

/**
 * Answers photos of a comparison with its models as the photos get darker, blurred, noisy and so on.
 * @throws AppError 'not-found' when one of the models is gone, 'not-ready' when its photos are,
 * 'photo-unreadable' when none can be read, 'cancelled'.
 */
export async function measureRobustness(
  comparison: Comparison,
  job: JobHandle,
  { context, dataset, models }: RobustnessParts,
): Promise<Robustness> {
  const asked = choosePhotos(comparison, dataset);
  const compared = comparison.models.map(({ modelId }) => models.get(modelId));
  const step = `${compared.length} models answer ${asked.length} photos that get worse`;
  job.progress({ step, done: 0, total: asked.length });
  const parts = cutIntoParts(asked, context.workers.size);
  const outputs = await runInParts(
    context.workers,
    'answer-disturbed',
    parts,
    (part) => ({
      models: compared.map((model) => ({
        file: models.file(model),
        preprocessing: model.preprocessing,
      })),
      photos: part.map(({ photoId, sha256, path }) => ({ photoId, sha256, path })),
      cacheFile: context.cacheFile,
    }),
    { signal: job.signal, onProgress: (done) => job.progress({ done }) },
  );
  throwIfCancelled(job.signal);
  const failures = outputs.flatMap((output) => output.failures);
  for (const { reason } of failures) job.log(reason);
  const failed = new Set(failures.map(({ photoId }) => photoId));
  const usable = asked.filter(({ photoId }) => !failed.has(photoId));
  if (usable.length === 0) {
    throw new AppError(
      'photo-unreadable',
      `None of the ${asked.length} photos could be read.`,
      'Check that the disk with the photos is there, or relink them.',
    );
  }
  const truths = usable.map(({ truth }) => truth);
  const score = (pick: (output: TaskOutput<'answer-disturbed'>) => Int32Array[] | undefined) =>
    scoreDisturbed(
      compared.map((_, model) =>
        parts.flatMap((part, index) => {
          const output = outputs[index];
          const answers = output && pick(output)?.[model];
          return part.flatMap(({ photoId }, at) =>
            failed.has(photoId) ? [] : (answers?.[at] ?? []),
          );
        }),
      ),
      truths,
    );
  const variants = outputs[0]?.disturbed ?? [];
  return {
    at: context.now().toISOString(),
    runtime: outputs[0]?.runtime ?? '',
    photos: usable.length,
    plain: score(({ plain }) => plain),
    effects: disturbances.map((disturbance) => ({
      disturbance,
      levels: variants.flatMap((variant, place) =>
        variant.disturbance === disturbance
          ? [
              {
                strength: variant.strength,
                models: score(({ disturbed }) => disturbed[place]?.answers),
              },
            ]
          : [],
      ),
    })),
  };
}

/** Of those that were compared, at most so many, and those that are still there. */
function choosePhotos({ answers }: Comparison, dataset: RobustnessParts['dataset']): AskedPhoto[] {
  const chosen = createRandom(seed).shuffled(answers).slice(0, photosUsed);
  const truths = new Map(chosen.map(({ photoId, truth }) => [photoId, truth]));
  const present = dataset.sources([...truths.keys()]);
  if (present.length === 0) {
    throw new AppError(
      'not-ready',
      'None of the compared photos is in the project any more.',
      'Put them back, or compare the models anew.',
    );
  }
  return present.map((source) => ({ ...source, truth: truths.get(source.photoId) ?? 0 }));
}
