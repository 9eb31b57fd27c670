import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/api/errors';
import { createRandom } from '../../shared/domain/random';
import {
  type FeatureSubspace,
  findSubspace,
  projectInto,
} from '../engine/curation/feature-subspace';
import { featureSpace } from '../platform/cache-kinds';
import { createEmbeddingCache } from './embedding-cache';
import { createFeatureCache, type FeatureCache } from './feature-cache';
import type { TaskContext, TaskImplementation } from './task-context';
import type { TaskInput } from './tasks';

/** Enough to tell photos apart as whole features do, and 51 MB for 100,000 photos. */
const dimensions = 128;
/** A subspace is found from at most so many photos. */
const sampled = 2000;
/** Found anew when there are so many times the photos that it was found from. */
const outgrown = 2;
const seed = 1;
const batchSize = 256;

type Input = TaskInput<'embed-photos'>;
type Photo = Input['photos'][number];

export const embedPhotos: TaskImplementation<'embed-photos'> = async (input, context) => {
  const { backbone, recipe, cacheFile } = input;
  const store = context.cache(cacheFile);
  const features = createFeatureCache(store, backbone, recipe);
  const projections = createEmbeddingCache(store, featureSpace(backbone.sha256, recipe, false));
  const lacking = new Set(features.lacking(input.photos, false));
  const photos = input.photos.filter((photo) => !lacking.has(photo));
  const stored = projections.subspace();
  const isOutgrown =
    stored && stored.foundFrom < sampled && photos.length >= outgrown * stored.foundFrom;
  let current = isOutgrown ? undefined : stored;
  if (!current && photos.length > 1) {
    const { subspace, foundFrom } = await findFrom(
      photos,
      features,
      backbone.featureWidth,
      context,
    );
    current = projections.putSubspace(subspace, foundFrom);
  }
  const width = current?.subspace.directions.count ?? 0;
  const vectors = new Float32Array(new SharedArrayBuffer(photos.length * width * 4));
  if (current) {
    const { subspace, hash } = current;
    for (let start = 0; start < photos.length; start += batchSize) {
      await pause(context, start, photos.length);
      const batch = photos.slice(start, start + batchSize);
      const made = batch.flatMap((photo, index) => {
        const at = (start + index) * width;
        const target = vectors.subarray(at, at + width);
        return fill(photo, target, subspace, features, projections.get(photo.sha256, hash));
      });
      projections.putAll(made, hash);
    }
  }
  const photoIds = Uint32Array.from(photos, ({ photoId }) => photoId);
  return { photoIds, dimensions: width, vectors };
};

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

async function findFrom(
  photos: readonly Photo[],
  features: FeatureCache,
  width: number,
  context: TaskContext<'embed-photos'>,
) {
  const chosen = createRandom(seed).shuffled(photos).slice(0, sampled);
  const data = new Float32Array(chosen.length * width);
  for (const [row, { sha256 }] of chosen.entries()) {
    if (row % batchSize === 0) await pause(context, 0, photos.length);
    const whole = features.get(sha256, false);
    if (whole) data.set(whole, row * width);
  }
  const sample = { count: chosen.length, width, data };
  return { subspace: findSubspace(sample, dimensions, seed), foundFrom: chosen.length };
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
