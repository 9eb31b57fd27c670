import { AppError, throwIfCancelled } from '../../../../shared/api/errors';
import {
  companionProtocol,
  type CompanionRequest,
  type CompanionResult,
} from '../../../../shared/domain/companion-protocol';
import type { Model } from '../../../../shared/domain/model';
import {
  type AskedPhoto,
  type PhoneFigures,
  type PhoneMeasurement,
  scorePhone,
} from '../../../../shared/domain/phone-measurement';
import { createRandom } from '../../../../shared/domain/random';
import { statFiles } from '../../../platform/stat-files';
import type { Comparisons, Dataset, JobHandle, ProjectContext, TestPhoto } from '../../ports';
import type { FileToPut, ModelFile } from '../phones/push-plan';

/** As long as an app can be expected to hold a photo in memory. */
const photoLimit = 12 << 20;
const seed = 1;

/** Test photos for a phone to answer with some models, and what this computer answers. */
export interface Question {
  request: CompanionRequest;
  /** The photos as files of the companion's folder. */
  files: FileToPut[];
  versionId: string;
  models: { model: Model; asked: AskedPhoto[] }[];
}

/**
 * However it is brought to the phone: by cable, or fetched by a page in its browser.
 * @throws AppError 'bad-request' when the models can't be measured together, 'not-ready' without photos.
 */
export async function askAbout(
  parts: {
    context: ProjectContext;
    dataset: Pick<Dataset, 'fileName'>;
    comparisons: Pick<Comparisons, 'testPhotos'>;
  },
  models: readonly ModelFile[],
  { photos: count, requestId, job }: { photos: number; requestId: string; job: JobHandle },
): Promise<Question> {
  const { context, dataset, comparisons } = parts;
  const { versionId, photos } = comparisons.testPhotos(models.map(({ model }) => model.id));
  const chosen = await choosePhotos(photos, count);
  const total = chosen.length * models.length;
  const unread = new Set<number>();
  const answered: { model: Model; rows: Float32Array }[] = [];
  for (const [index, { model, path }] of models.entries()) {
    throwIfCancelled(job.signal);
    const before = index * chosen.length;
    job.progress({ step: 'Answering the photos here', done: before, total });
    const { preprocessing } = model;
    const { probabilities, failures } = await context.workers.run(
      'answer-photos',
      { modelFile: path, preprocessing, photos: chosen },
      {
        signal: job.signal,
        onProgress: ({ done }) => job.progress({ done: before + done }),
      },
    );
    for (const { photoId } of failures) unread.add(photoId);
    answered.push({ model, rows: probabilities });
  }
  const asked = chosen.flatMap((photo, row) => (unread.has(photo.photoId) ? [] : [{ photo, row }]));
  if (asked.length === 0) throw noPhotos();
  const files = asked.map(({ photo: { photoId, sha256, path, bytes } }): FileToPut => {
    const extension = /\.([A-Za-z0-9]{1,5})$/.exec(dataset.fileName(photoId))?.[1] ?? 'jpg';
    return {
      name: `photos/${sha256}.${extension.toLowerCase()}`,
      source: { path, bytes, sha256 },
    };
  });
  return {
    versionId,
    files,
    request: {
      protocol: companionProtocol,
      id: requestId,
      models: models.map(({ model }) => model.sha256),
      photos: files.map(({ name, source: { sha256 } }) => ({ file: name, sha256 })),
    },
    models: answered.map(({ model, rows }) => {
      const width = model.preprocessing.labels.length;
      return {
        model,
        asked: asked.map(({ photo: { sha256, truth }, row }) => ({
          sha256,
          truth,
          expected: rows.subarray(row * width, (row + 1) * width),
        })),
      };
    }),
  };
}

/** What a phone's answers to a question are worth, as it is kept. @param at when they came. */
export function measurementOf(
  { models, versionId, request }: Question,
  result: CompanionResult,
  device: Pick<PhoneMeasurement, 'deviceId' | 'deviceName'>,
  at: Date,
): Omit<PhoneMeasurement, 'id'> {
  return {
    ...device,
    at: at.toISOString(),
    versionId,
    photos: request.photos.length,
    models: models.map(({ model: { id, name, precision, sha256 }, asked }): PhoneFigures => {
      const run = result.runs.find(({ model }) => model === sha256);
      const score = scorePhone(run, asked);
      return {
        modelId: id,
        name,
        precision,
        ...score,
        provenance: {
          kind: 'measured',
          on: `${score.total} test photos of ${versionId}`,
          by: `${[run?.runtime, run?.delegate].filter(Boolean).join(', ') || 'its app'} on ${device.deviceName}`,
          at: at.toISOString(),
        },
      };
    }),
  };
}

/** The same share of every label, as far as it goes; the same photos each time. */
async function choosePhotos(
  photos: readonly TestPhoto[],
  count: number,
): Promise<(TestPhoto & { bytes: number })[]> {
  const waiting = new Map<number, TestPhoto[]>();
  for (const photo of createRandom(seed).shuffled(photos)) {
    waiting.set(photo.truth, [...(waiting.get(photo.truth) ?? []), photo]);
  }
  const dealt = dealInTurn([...waiting].sort(([a], [b]) => a - b).map(([, ofLabel]) => ofLabel));
  const chosen: (TestPhoto & { bytes: number })[] = [];
  for (let at = 0; at < dealt.length && chosen.length < count; at += count) {
    const some = dealt.slice(at, at + count);
    const stamps = await statFiles(some.map(({ path }) => path));
    chosen.push(
      ...some.flatMap((photo, index) => {
        const { bytes } = stamps[index] ?? { bytes: Infinity };
        return bytes > photoLimit ? [] : [{ ...photo, bytes }];
      }),
    );
  }
  if (chosen.length === 0) throw noPhotos();
  return chosen.slice(0, count);
}

/** One of each list, then the next of each, until none is left. */
function dealInTurn<Item>(lists: readonly (readonly Item[])[]): Item[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, turn) =>
    lists.flatMap((list) => list[turn] ?? []),
  ).flat();
}

const noPhotos = () =>
  new AppError(
    'not-ready',
    'None of the test photos can be read, so there is nothing to ask the phone about.',
    'Relink missing photos, or label more photos and train again.',
  );
