import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Backbone, backboneRecipe } from '../../../shared/domain/backbone';
import { featureKey, featureSpace } from '../../platform/cache-kinds';
import { inBatches } from '../../platform/in-batches';
import type { PhotoFailure, PhotoSource } from '../../workers/tasks';
import type { Backbones, Dataset, ProjectContext } from '../ports';

export interface FeatureRequest {
  photos: readonly PhotoSource[];
  backbone: Backbone;
  /** Of the mirrored views too. */
  mirrored: boolean;
  priority: 'normal' | 'background';
  signal: AbortSignal;
  /** How many of `photos` are done, failed ones included. */
  onProgress(done: number): void;
}

/**
 * Photos a task: enough that asking for them does not count. In the background one, so that the work
 * stops at once when a person scrolls.
 */
const batchSizes = { normal: 16, background: 1 } as const;

/** Photos looked up at a time: a few milliseconds, so that whoever presses a key is not kept waiting. */
const lookupSize = 2000;

/** Those of `photos` that lack features in the cache. */
export async function lackingFeatures(
  { cache }: Pick<ProjectContext, 'cache'>,
  photos: readonly PhotoSource[],
  backbone: Backbone,
  mirrored: boolean,
): Promise<PhotoSource[]> {
  const spaces = (mirrored ? [false, true] : [false]).map((flipped) =>
    featureSpace(backbone.sha256, backboneRecipe(backbone), flipped),
  );
  const keys = (sha256: string) => spaces.map((space) => featureKey(sha256, space));
  const lacking: PhotoSource[] = [];
  for (const some of inBatches(photos, lookupSize)) {
    const wanted = some.flatMap(({ sha256 }) => keys(sha256));
    const missing = new Set(cache.missing('features', wanted));
    lacking.push(...some.filter(({ sha256 }) => keys(sha256).some((key) => missing.has(key))));
    if (photos.length > lookupSize) await nextTurn();
  }
  return lacking;
}

/** Photos of the project that are worth it and lack features, in the order of their ids. */
export async function lackingCandidates(
  { context, dataset }: { context: ProjectContext; dataset: Dataset },
  backbone: Backbone,
): Promise<PhotoSource[]> {
  const lacking: PhotoSource[] = [];
  for (let after = 0; ; ) {
    const page = dataset.featureCandidates({ after, limit: lookupSize });
    lacking.push(...(await lackingFeatures(context, page, backbone, false)));
    after = page.at(-1)?.photoId ?? after;
    if (page.length < lookupSize) return lacking;
    await nextTurn();
  }
}

/**
 * Computes features of photos on several workers at once and leaves them in the cache. Work in the
 * background leaves one worker and its core to whatever a person is doing meanwhile. Returns the
 * photos that could not be read.
 * @throws AppError 'cancelled' once every worker has stopped.
 */
export async function computeFeatures(
  { photos, backbone, mirrored, priority, signal, onProgress }: FeatureRequest,
  { context, backbones }: { context: ProjectContext; backbones: Backbones },
): Promise<PhotoFailure[]> {
  const batches = inBatches(photos, batchSizes[priority]).values();
  let doneInAll = 0;
  const failures: PhotoFailure[] = [];

  async function work(): Promise<void> {
    // All workers take from the same iterator: who is faster takes more.
    for (const batch of batches) {
      let doneBefore = 0;
      const output = await context.workers.run(
        'extract-features',
        {
          photos: batch,
          backbone,
          backboneFile: backbones.file(backbone),
          recipe: backboneRecipe(backbone),
          mirrored,
          cacheFile: context.cacheFile,
        },
        {
          priority,
          signal,
          onProgress({ done }) {
            doneInAll += done - doneBefore;
            doneBefore = done;
            onProgress(doneInAll);
          },
        },
      );
      failures.push(...output.failures);
    }
  }

  const spared = priority === 'background' ? 1 : 0;
  const length = Math.max(1, context.workers.size - spared);
  const outcomes = await Promise.allSettled(Array.from({ length }, work));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return failures;
}
