import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import type { VersionPhoto } from '../../../shared/domain/dataset-version';
import type { Model } from '../../../shared/domain/model';
import {
  type PreprocessingCheck,
  scoreMistakes,
  scoreRows,
} from '../../../shared/domain/preprocessing-check';
import { createRandom } from '../../../shared/domain/random';
import { cutIntoParts, runInParts } from '../../platform/run-in-parts';
import type { PhotoSource, TaskOutput } from '../../workers/tasks';
import type { JobHandle } from '../ports';
import type { PreprocessingParts } from './preprocessing-service';

/** Enough to tell mistakes that matter; each is answered for about a dozen times. */
const photosUsed = 100;
const seed = 1;

interface Asked {
  photo: VersionPhoto;
  source: PhotoSource;
}

type Answers = TaskOutput<'check-preprocessing'>;

/**
 * Answers test photos of the model's version as they should be prepared, and with each mistake; the
 * validation photos where there is no test photo.
 * @throws AppError 'not-ready' when none of them is there, 'photo-unreadable' when none can be read.
 */
export async function checkPreprocessing(
  { context, dataset, models }: PreprocessingParts,
  model: Model,
  job: JobHandle,
): Promise<PreprocessingCheck> {
  const { split, asked } = choosePhotos(dataset, model);
  job.progress({ step: 'Answering photos prepared wrongly', done: 0, total: asked.length });
  const parts = cutIntoParts(asked, context.workers.size);
  const answers = await runInParts(
    context.workers,
    'check-preprocessing',
    parts,
    (part) => ({
      modelFile: models.file(model),
      preprocessing: model.preprocessing,
      photos: part.map(({ source }) => source),
    }),
    { signal: job.signal, onProgress: (done) => job.progress({ done }) },
  );
  throwIfCancelled(job.signal);
  const { labels } = model.preprocessing;
  const failed = new Set(answers.flatMap(({ failures }) => failures.map(({ photoId }) => photoId)));
  for (const { reason } of answers.flatMap(({ failures }) => failures)) job.log(reason);
  const read = (pick: (answer: Answers) => Float32Array) =>
    joinRows(parts, answers.map(pick), failed, labels.length);
  const truths = parts
    .flat()
    .filter(({ photo }) => !failed.has(photo.photoId))
    .map(({ photo }) => photo.labelIndex);
  if (truths.length === 0) {
    throw new AppError(
      'photo-unreadable',
      `None of the ${asked.length} photos could be read.`,
      'Check that the disk with the photos is there, or relink them.',
    );
  }
  const right = read((answer) => answer.right);
  const harmless = (answers[0]?.harmless ?? []).filter((mistake) =>
    answers.every((answer) => answer.harmless.includes(mistake)),
  );
  const told = new Set(answers.flatMap(({ mistakes }) => mistakes.map(({ mistake }) => mistake)));
  const answered = { labels, truths, right };
  return {
    modelId: model.id,
    at: context.now().toISOString(),
    runtime: answers[0]?.runtime ?? '',
    split,
    versionId: model.versionId,
    photos: truths.length,
    right: scoreRows(answered, right),
    effects: scoreMistakes(
      answered,
      [...told].map((mistake) => ({
        mistake,
        // Without an effect in one part: that part's answers are the right ones.
        probabilities: read(
          ({ mistakes, right: rows }) =>
            mistakes.find((one) => one.mistake === mistake)?.probabilities ?? rows,
        ),
      })),
    ),
    harmless,
  };
}

function choosePhotos(
  dataset: PreprocessingParts['dataset'],
  model: Model,
): { split: PreprocessingCheck['split']; asked: Asked[] } {
  const { photos } = dataset.version(model.versionId);
  const sources = new Map(
    dataset.sources(photos.map(({ photoId }) => photoId)).map((photo) => [photo.photoId, photo]),
  );
  for (const split of ['test', 'validation'] as const) {
    const present = photos.flatMap((photo) => {
      const source = photo.split === split ? sources.get(photo.photoId) : undefined;
      return source?.sha256 === photo.sha256 ? [{ photo, source }] : [];
    });
    const asked = createRandom(seed).shuffled(present).slice(0, photosUsed);
    if (asked.length > 0) return { split, asked };
  }
  throw new AppError(
    'not-ready',
    `None of the test and validation photos of ${model.name} can be found.`,
    'Relink the missing photos, or train again with photos in the test split.',
  );
}

/** Rows of all parts in one, without those of photos that failed. */
function joinRows(
  parts: readonly Asked[][],
  rows: readonly Float32Array[],
  failed: ReadonlySet<number>,
  width: number,
): Float32Array {
  const kept = parts.flatMap((part, index) =>
    part.flatMap(({ photo }, row) =>
      failed.has(photo.photoId)
        ? []
        : [...(rows[index]?.subarray(row * width, (row + 1) * width) ?? [])],
    ),
  );
  return Float32Array.from(kept);
}
