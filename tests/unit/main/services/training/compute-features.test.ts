import { expect, it } from 'vitest';
import { computeFeatures } from '@main/services/training/compute-features';
import type { TaskImplementation } from '@main/workers/task-context';
import { createFakeBackbone, createFakeBackbones } from '../../../../fakes/fake-backbones';
import {
  createFakeDataset,
  createFakeVersion,
  versionPhotos,
} from '../../../../fakes/fake-dataset';
import { createFakeProject } from '../../../../fakes/fake-project';
import { createInlineWorkerPool } from '../../../../fakes/inline-worker-pool';

/** The most tasks that were under way at once, on a pool of `size` workers. */
async function mostAtOnce(priority: 'normal' | 'background', size: number): Promise<number> {
  let running = 0;
  let most = 0;
  const extract: TaskImplementation<'extract-features'> = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return { failures: [] };
  };
  const workers = createInlineWorkerPool({ 'extract-features': extract }, size);
  const { context } = createFakeProject({}, { workers });
  const backbone = createFakeBackbone();
  const dataset = createFakeDataset([createFakeVersion(versionPhotos('train', 1, 200))]);
  await computeFeatures(
    {
      photos: dataset.featureCandidates({ after: 0, limit: 1000 }),
      backbone,
      mirrored: false,
      priority,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    },
    { context, backbones: createFakeBackbones([backbone]) },
  );
  return most;
}

it('uses every worker when a person waits', async () => {
  expect(await mostAtOnce('normal', 3)).toBe(3);
});

it('leaves a worker free in the background, but has one at least', async () => {
  expect(await mostAtOnce('background', 3)).toBe(2);
  expect(await mostAtOnce('background', 1)).toBe(1);
});
