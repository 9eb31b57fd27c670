import { z } from 'zod';
import { readStored, writeStored } from '../../../platform/database/stored-value';
import type { PhotoSource } from '../../../workers/tasks';
import type { ProjectContext } from '../../ports';
import type { MistakenAnswers } from './check-answers';
import type { GoldenPhoto } from './golden-photos';
import type { ModelFile } from './push-plan';

/** Photos that are prepared in every wrong way: each costs a dozen inferences, once a model. */
const photosPrepared = 8;
/** Enough that a wrong preparation shows, few enough to be sent within a second or two. */
const photosWanted = 6;
/**
 * A phone decodes and scales photos with other code, which moves probabilities by some hundredths: no
 * bound is narrower than the first, nor wider than the second.
 */
const bounds = { low: 0.01, high: 0.05 } as const;

const choiceSchema = z.object({ photoIds: z.array(z.int()), bound: z.number() });

export interface GoldenChoice {
  photos: GoldenPhoto[];
  bound: number;
}

/**
 * A model that is sure of its answer gives it to many a wrongly prepared photo too, so golden photos
 * are, of those that it is least sure of, those whose answers a wrong preparation changes most. Measured
 * once a model.
 */
export async function chooseGolden(
  context: ProjectContext,
  file: ModelFile,
  all: readonly GoldenPhoto[],
  signal: AbortSignal,
): Promise<GoldenChoice> {
  const { model, path } = file;
  const key = `golden.${model.id}`;
  const stored = readStored(context.database, key, choiceSchema);
  const known = stored?.photoIds.flatMap((id) => all.find((one) => one.photoId === id) ?? []);
  if (stored && known?.length === stored.photoIds.length) {
    return { photos: known, bound: stored.bound };
  }
  const candidates = await leastSure(context, file, all, signal);
  const { right, mistakes, failures } = await context.workers.run(
    'check-preprocessing',
    {
      modelFile: path,
      preprocessing: model.preprocessing,
      photos: sourcesOf(candidates),
    },
    { signal },
  );
  const unread = new Set(failures.map(({ photoId }) => photoId));
  const { rows, bound } = mostTelling(right, mistakes, {
    photos: candidates.length,
    usable: (row) => !unread.has(candidates[row]?.photoId ?? 0),
  });
  const photos = rows.flatMap((row) => candidates[row] ?? []);
  writeStored(context.database, key, { photoIds: photos.map(({ photoId }) => photoId), bound });
  return { photos, bound };
}

const sourcesOf = (photos: readonly GoldenPhoto[]): PhotoSource[] =>
  photos.map(({ photoId, sha256, path }) => ({ photoId, sha256, path }));

/** Those with the lowest best probability first; all, where they are few, or none can be read. */
async function leastSure(
  context: ProjectContext,
  { model, path }: ModelFile,
  photos: readonly GoldenPhoto[],
  signal: AbortSignal,
): Promise<readonly GoldenPhoto[]> {
  if (photos.length <= photosPrepared) return photos;
  const { preprocessing } = model;
  const { probabilities, failures } = await context.workers.run(
    'answer-photos',
    { modelFile: path, preprocessing, photos: sourcesOf(photos) },
    { signal },
  );
  const unread = new Set(failures.map(({ photoId }) => photoId));
  const width = preprocessing.labels.length;
  const sureness = (row: number) =>
    Math.max(...probabilities.subarray(row * width, (row + 1) * width));
  const read = photos
    .map((photo, row) => ({ photo, sure: sureness(row) }))
    .filter(({ photo }) => !unread.has(photo.photoId))
    .sort((a, b) => a.sure - b.sure)
    .slice(0, photosPrepared)
    .map(({ photo }) => photo);
  return read.length > 0 ? read : photos.slice(0, photosPrepared);
}

/**
 * For each mistake, the hardest to see first, the photo that shows it best; the rest as they come. The
 * bound is half of what the least visible mistake changes.
 * @param right row-major [photos, labels], as the mistakes' answers are.
 */
export function mostTelling(
  right: Float32Array,
  mistakes: readonly MistakenAnswers[],
  { photos, usable }: { photos: number; usable(row: number): boolean },
): { rows: number[]; bound: number } {
  const width = right.length / photos;
  const all = Array.from({ length: photos }, (_, row) => row).filter(usable);
  const shown = mistakes
    .map(({ probabilities }) => {
      const changeAt = (row: number) => {
        const from = row * width;
        return Math.max(
          ...Array.from({ length: width }, (_, label) =>
            Math.abs((probabilities[from + label] ?? 0) - (right[from + label] ?? 0)),
          ),
        );
      };
      const best = [...all].sort((a, b) => changeAt(b) - changeAt(a))[0];
      return { row: best, change: best === undefined ? 0 : changeAt(best) };
    })
    .sort((a, b) => a.change - b.change);
  const rows = new Set(shown.flatMap(({ row }) => row ?? []).slice(0, photosWanted));
  for (const row of all) if (rows.size < photosWanted) rows.add(row);
  // What is not seen at this bound changes no answer worth speaking of.
  const least = shown.find(({ change }) => change >= 2 * bounds.low)?.change ?? 2 * bounds.high;
  return { rows: [...rows], bound: Math.min(bounds.high, least / 2) };
}
