import { throwIfCancelled } from '../../../../shared/api/errors';
import {
  type CompanionGolden,
  companionProtocol,
  type CompanionRequest,
} from '../../../../shared/domain/companion-protocol';
import { createRandom } from '../../../../shared/domain/random';
import { statFiles } from '../../../platform/stat-files';
import type { PhotoSource } from '../../../workers/tasks';
import type { Dataset, ProjectContext } from '../../ports';
import { chooseGolden } from './choose-golden';
import type { ModelFile } from './push-plan';

/** Photos that golden ones are chosen from: each costs one inference, once a model. */
const photosLookedAt = 48;
const photoLimit = 12 << 20;
const seed = 1;

export interface GoldenPhoto {
  /** In the folder on the phone. */
  file: string;
  sha256: string;
  bytes: number;
  /** On this computer. */
  path: string;
  photoId: number;
}

export interface GoldenSet {
  photos: GoldenPhoto[];
  /** Largest difference of a probability that counts as the same answer. */
  bound: number;
  /** One a model. */
  answers: CompanionGolden[];
  request: CompanionRequest;
}

/**
 * A few photos that no model has learned from, as their original files, with what each model answers
 * here. undefined when none of them can be read.
 */
export async function makeGoldenSet(
  { context, dataset }: { context: ProjectContext; dataset: Dataset },
  models: readonly ModelFile[],
  { requestId, signal }: { requestId: string; signal: AbortSignal },
): Promise<GoldenSet | undefined> {
  const [first] = models;
  if (!first) return undefined;
  const candidates = await findCandidates(dataset, first.model.versionId);
  if (candidates.length === 0) return undefined;
  const { photos: chosen, bound } = await chooseGolden(context, first, candidates, signal);
  if (chosen.length === 0) return undefined;
  const sources = chosen.map(
    ({ photoId, sha256, path }): PhotoSource => ({ photoId, sha256, path }),
  );
  const unread = new Set<number>();
  const answered: { model: ModelFile; probabilities: Float32Array; runtime: string }[] = [];
  for (const model of models) {
    throwIfCancelled(signal);
    const { preprocessing } = model.model;
    const answers = await context.workers.run(
      'answer-photos',
      { modelFile: model.path, preprocessing, photos: sources },
      { signal },
    );
    for (const { photoId } of answers.failures) unread.add(photoId);
    answered.push({ model, ...answers });
  }
  const photos = chosen.filter(({ photoId }) => !unread.has(photoId));
  if (photos.length === 0) return undefined;
  const asked = photos.map(({ file, sha256 }) => ({ file, sha256 }));
  return {
    photos,
    bound,
    answers: answered.map(({ model: { model }, probabilities, runtime }) => {
      const width = model.preprocessing.labels.length;
      return {
        protocol: companionProtocol,
        sha256: model.sha256,
        bound,
        runtime,
        photos: photos.map((photo) => {
          const row = chosen.indexOf(photo);
          const { file, sha256 } = photo;
          const expected = [...probabilities.subarray(row * width, (row + 1) * width)].map(clamp);
          return { file, sha256, expected };
        }),
      };
    }),
    request: {
      protocol: companionProtocol,
      id: requestId,
      models: models.map(({ model }) => model.sha256),
      photos: asked,
    },
  };
}

/** float32 sums end a hair above 1. */
const clamp = (probability: number) => Math.min(1, Math.max(0, probability));

async function findCandidates(dataset: Dataset, versionId: string): Promise<GoldenPhoto[]> {
  const { photos } = dataset.version(versionId);
  for (const split of ['test', 'validation', 'train'] as const) {
    const ofSplit = photos.filter((photo) => photo.split === split);
    const hashes = new Map(ofSplit.map(({ photoId, sha256 }) => [photoId, sha256]));
    const present = dataset
      .sources([...hashes.keys()])
      .filter(({ photoId, sha256 }) => hashes.get(photoId) === sha256);
    const shuffled = createRandom(seed).shuffled(present).slice(0, photosLookedAt);
    const stamps = await statFiles(shuffled.map(({ path }) => path));
    const usable = shuffled.flatMap(({ photoId, sha256, path }, index): GoldenPhoto[] => {
      const stamp = stamps[index];
      if (!stamp || stamp.bytes > photoLimit) return [];
      const file = `golden/${sha256}.${extensionOf(dataset.fileName(photoId))}`;
      return [{ file, sha256, bytes: stamp.bytes, path, photoId }];
    });
    if (usable.length > 0) return usable;
  }
  return [];
}

const extensionOf = (name: string) =>
  /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? 'jpg';
