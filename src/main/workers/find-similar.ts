import { throwIfCancelled } from '../../shared/api/errors';
import { dot, normalize, rowAt, type Rows } from '../engine/curation/rows';
import { hashAt } from '../platform/photo-hashes';
import { createFeatureCache } from './feature-cache';
import type { TaskImplementation } from './task-context';

/** So many times the wanted photos are compared by their whole features. */
const spared = 4;
const comparedAtLeast = 200;

/**
 * All photos are compared by their coordinates, and the nearest of them by their whole features.
 * The mean of what was asked for stands for it.
 */
export const findSimilar: TaskImplementation<'find-similar'> = async (input, context) => {
  throwIfCancelled(context.signal);
  const { embedding, limit, backbone, recipe, cacheFile } = input;
  const { photoIds, hashes, dimensions, vectors } = embedding;
  const rows: Rows = { count: photoIds.length, width: dimensions, data: vectors };
  const asked = new Set(input.photoIds);
  const own = [...photoIds.keys()].filter((row) => asked.has(photoIds[row] ?? 0));
  if (own.length === 0) return { photos: [], comparedWhole: 0 };

  const center = meanOf(own.map((row) => rowAt(rows, row)));
  const nearest = [...photoIds.keys()]
    .filter((row) => !asked.has(photoIds[row] ?? 0))
    .map((row) => ({ row, similarity: dot(center, rowAt(rows, row)) }))
    .sort((a, b) => b.similarity - a.similarity || a.row - b.row)
    .slice(0, Math.max(comparedAtLeast, limit * spared));

  const features = createFeatureCache(context.cache(cacheFile), backbone, recipe);
  const whole = (row: number) => features.get(hashAt(hashes, row), false);
  const wholeCenter = meanOf(own.map(whole).filter((vector) => vector !== undefined));
  const photos = nearest.flatMap(({ row }) => {
    const vector = whole(row);
    if (!vector) return [];
    normalize(vector);
    return [{ photoId: photoIds[row] ?? 0, similarity: dot(wholeCenter, vector) }];
  });
  photos.sort((a, b) => b.similarity - a.similarity || a.photoId - b.photoId);
  return { photos: photos.slice(0, limit), comparedWhole: nearest.length };
};

/** Of the vectors at length 1, at length 1. */
function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    const copy = Float32Array.from(vector);
    normalize(copy);
    for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + (copy[i] ?? 0);
  }
  normalize(sum);
  return sum;
}
