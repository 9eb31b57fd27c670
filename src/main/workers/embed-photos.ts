import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/api/errors';
import { createRandom } from '../../shared/domain/random';
import {
  type FeatureSubspace,
  findSubspace,
  projectInto,
} from '../engine/curation/feature-subspace';
import { featureSpace } from '../platform/cache-kinds';
import { hashAt, pickHashes } from '../platform/photo-hashes';
import { createEmbeddingCache } from './embedding-cache';
import { createFeatureCache, type FeatureCache } from './feature-cache';
import type { TaskContext, TaskImplementation } from './task-context';
import type { HashedPhotos } from './tasks';

/** Enough to tell photos apart as whole features do, and 51 MB for 100,000 photos. */
const dimensions = 128;
/** A subspace is found from at most so many photos. */
const sampled = 2000;
/** Found anew when there are so many times the photos that it was found from. */
const outgrown = 2;
const seed = 1;
const batchSize = 256;

/** Photos looked up at a time, so that memory does not grow with their number. */
const pageSize = 2000;

interface Photo {
  sha256: string;
}

export const embedPhotos: TaskImplementation<'embed-photos'> = async (input, context) => {
  const { backbone, recipe, cacheFile } = input;
  const store = context.cache(cacheFile);
  const features = createFeatureCache(store, backbone, recipe);
  const projections = createEmbeddingCache(store, featureSpace(backbone.sha256, recipe, false));
  const photos = await preparedPhotos(input.photos, features, context);
  const count = photos.photoIds.length;
  const photoAt = (row: number): Photo => ({ sha256: hashAt(photos.hashes, row) });
  const stored = projections.subspace();
  const isOutgrown = stored && stored.foundFrom < sampled && count >= outgrown * stored.foundFrom;
  let current = isOutgrown ? undefined : stored;
  if (!current && count > 1) {
    const chosen = createRandom(seed)
      .shuffled([...photos.photoIds.keys()])
      .slice(0, sampled);
    const { featureWidth } = backbone;
    const found = await findFrom(chosen.map(photoAt), features, featureWidth, context);
    current = projections.putSubspace(found.subspace, found.foundFrom);
  }
  const width = current?.subspace.directions.count ?? 0;
  const vectors = new Float32Array(new SharedArrayBuffer(count * width * 4));
  if (current) {
    const { subspace, hash } = current;
    for (let start = 0; start < count; start += batchSize) {
      await pause(context, start, count);
      const made: { sha256: string; coordinates: Float32Array }[] = [];
      for (let row = start; row < Math.min(count, start + batchSize); row += 1) {
        const photo = photoAt(row);
        const target = vectors.subarray(row * width, (row + 1) * width);
        const known = projections.get(photo.sha256, hash);
        made.push(...fill(photo, target, subspace, features, known));
      }
      projections.putAll(made, hash);
    }
  }
  return { ...photos, dimensions: width, vectors };
};

/** Those whose features are in the cache, on shared memory. */
async function preparedPhotos(
  { photoIds, hashes }: HashedPhotos,
  features: FeatureCache,
  context: TaskContext<'embed-photos'>,
): Promise<HashedPhotos> {
  const prepared: number[] = [];
  for (let start = 0; start < photoIds.length; start += pageSize) {
    await pause(context, 0, photoIds.length);
    const length = Math.min(pageSize, photoIds.length - start);
    const page = Array.from({ length }, (_, i) => ({ sha256: hashAt(hashes, start + i) }));
    const lacking = new Set(features.lacking(page, false));
    page.forEach((photo, i) => {
      if (!lacking.has(photo)) prepared.push(start + i);
    });
  }
  const rows = Uint32Array.from(prepared);
  const ids = new Uint32Array(new SharedArrayBuffer(rows.byteLength));
  ids.set(rows.map((row) => photoIds[row] ?? 0));
  return { photoIds: ids, hashes: pickHashes(hashes, rows) };
}

/** Takes known coordinates, or computes them and returns them to be kept. */
function fill(
  { sha256 }: Photo,
  target: Float32Array,
  subspace: FeatureSubspace,
  features: FeatureCache,
  known: Float32Array | undefined,
): { sha256: string; coordinates: Float32Array }[] {
  if (known?.length === target.length) {
    target.set(known);
    return [];
  }
  const whole = features.get(sha256, false);
  if (!whole) return [];
  projectInto(subspace, whole, target);
  return [{ sha256, coordinates: target }];
}

/** Finds the subspace from the photos that were chosen to stand for all. */
async function findFrom(
  photos: readonly Photo[],
  features: FeatureCache,
  width: number,
  context: TaskContext<'embed-photos'>,
) {
  const data = new Float32Array(photos.length * width);
  for (const [row, { sha256 }] of photos.entries()) {
    if (row % batchSize === 0) await pause(context, 0, photos.length);
    const whole = features.get(sha256, false);
    if (whole) data.set(whole, row * width);
  }
  const sample = { count: photos.length, width, data };
  return { subspace: findSubspace(sample, dimensions, seed), foundFrom: photos.length };
}

/** Lets a cancel message in. */
async function pause(
  { signal, report }: TaskContext<'embed-photos'>,
  done: number,
  total: number,
): Promise<void> {
  await nextTurn();
  throwIfCancelled(signal);
  report({ done, total });
}
