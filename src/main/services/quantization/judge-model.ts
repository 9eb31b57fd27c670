import { AppError } from '../../../shared/api/errors';
import { topAnswer } from '../../../shared/domain/comparison-math';
import type { Model } from '../../../shared/domain/model';
import type { Preprocessing } from '../../../shared/domain/preprocessing';
import { percentile } from '../../../shared/domain/statistics';
import type { PhotoSource } from '../../workers/tasks';
import { photosGone, presentPhotos } from './make-quantized';
import type { QuantizationParts } from './quantization-parts';

/** Single inferences that are timed of each form, and before them. */
const timed = { runs: 30, warmupRuns: 5 } as const;

export interface Judged {
  correct: number;
  latencyMs: number;
  bytes: number;
  runtime: string;
}

/** Where forms are judged: photos of the validation split with the class each of them has. */
export interface Judges {
  photos: PhotoSource[];
  classes: number[];
}

/** @throws AppError 'not-ready' when none of the validation photos is there. */
export function findJudges({ dataset }: QuantizationParts, parent: Model): Judges {
  const judges = presentPhotos(parent.versionId, dataset).filter(
    ({ photo }) => photo.split === 'validation',
  );
  if (judges.length === 0) throw photosGone(parent);
  return {
    photos: judges.map(({ source }) => source),
    classes: judges.map(({ photo }) => photo.labelIndex),
  };
}

/** The next form may do: nothing that would stop all of them. */
export const isAboutThisForm = ({ code }: AppError): boolean =>
  code === 'model-broken' || code === 'model-unsupported';

export async function judge(
  { context }: QuantizationParts,
  modelFile: string,
  preprocessing: Preprocessing,
  { judges, bytes, signal }: { judges: Judges; bytes: number; signal: AbortSignal },
): Promise<Judged> {
  const { workers, cacheFile } = context;
  const { photos, classes } = judges;
  const answers = await workers.run(
    'answer-photos',
    { modelFile, preprocessing, photos, cacheFile },
    { signal },
  );
  const [failure] = answers.failures;
  if (failure) throw new AppError('photo-unreadable', failure.reason);
  const latency = await workers.run(
    'measure-latency',
    {
      models: [{ file: modelFile, preprocessing }],
      photos: photos.slice(0, 8),
      cacheFile,
      ...timed,
    },
    { signal },
  );
  const width = preprocessing.labels.length;
  const correct = classes.filter((labelIndex, row) => {
    const answer = answers.probabilities.subarray(row * width, (row + 1) * width);
    return topAnswer(answer) === labelIndex;
  }).length;
  const latencyMs = percentile(latency.models[0]?.timesMs ?? [], 0.5);
  return { correct, latencyMs, bytes, runtime: answers.runtime };
}
