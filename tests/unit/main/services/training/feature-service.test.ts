import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { featureKey, featureSpace } from '@main/platform/cache-kinds';
import type { WorkerPool } from '@main/platform/worker-pool';
import { createFeatureService } from '@main/services/training/feature-service';
import type { TaskRegistry } from '@main/workers/serve-tasks';
import type { TaskImplementation } from '@main/workers/task-context';
import type { PhotoFailure, TaskInput } from '@main/workers/tasks';
import { backboneRecipe } from '@shared/domain/backbone';
import { throwIfCancelled } from '@shared/api/errors';
import { createFakeBackbone, createFakeBackbones } from '../../../../fakes/fake-backbones';
import {
  createFakeDataset,
  createFakeVersion,
  versionPhotos,
} from '../../../../fakes/fake-dataset';
import { createFakeJobs } from '../../../../fakes/fake-jobs';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeModelLibrary } from '../../../../fakes/fake-model-library';
import { createFakeProject } from '../../../../fakes/fake-project';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

interface Options {
  photos?: number;
  /** Photos that can't be read. */
  unreadable?: number[];
  onBatch?(input: TaskInput<'extract-features'>): void | Promise<void>;
}

function setUp({ photos = 20, unreadable = [], onBatch }: Options = {}) {
  const extract: TaskImplementation<'extract-features'> = async (
    input,
    { cache, report, signal },
  ) => {
    await onBatch?.(input);
    throwIfCancelled(signal);
    const failures: PhotoFailure[] = [];
    for (const { photoId, sha256 } of input.photos) {
      if (unreadable.includes(photoId)) failures.push({ photoId, reason: `${photoId} is torn` });
      else {
        const space = featureSpace(input.backbone.sha256, input.recipe, false);
        cache(input.cacheFile).put('features', featureKey(sha256, space), new Uint8Array(16));
      }
    }
    report({ done: input.photos.length });
    return { failures };
  };
  const tasks: Partial<TaskRegistry> = { 'extract-features': extract };
  const { context, log } = createFakeProject(tasks);
  const priorities: (string | undefined)[] = [];
  const workers: WorkerPool = {
    ...context.workers,
    run(name, input, options) {
      priorities.push(options?.priority);
      return context.workers.run(name, input, options);
    },
  };
  const dataset = createFakeDataset([createFakeVersion(versionPhotos('train', 1, photos))]);
  let changed = () => {};
  const listening = {
    ...dataset,
    onChanged(listener: () => void) {
      changed = listener;
      return () => void (changed = () => {});
    },
  };
  const jobs = createFakeJobs();
  const models = createFakeModelLibrary('/models');
  const backbones = createFakeBackbones([
    createFakeBackbone(),
    createFakeBackbone({ name: 'large', sha256: 'c'.repeat(64) }),
  ]);
  const service = createFeatureService({
    context: { ...context, workers },
    jobs,
    dataset: listening,
    models,
    backbones,
  });
  const waitForQuiet = () => vi.advanceTimersByTimeAsync(2000);
  const lacking = () =>
    context.cache.missing(
      'features',
      dataset
        .featureCandidates({ after: 0, limit: 1000 })
        .map(({ sha256 }) =>
          featureKey(
            sha256,
            featureSpace('b'.repeat(64), backboneRecipe(createFakeBackbone()), false),
          ),
        ),
    ).length;
  return {
    service,
    jobs,
    models,
    dataset,
    log,
    priorities,
    lacking,
    waitForQuiet,
    change: () => changed(),
  };
}

describe('createFeatureService', () => {
  it('begins by itself when the project has been quiet, in the background', async () => {
    const { jobs, waitForQuiet, lacking, priorities } = setUp();
    expect(jobs.started).toEqual([]);
    await waitForQuiet();
    expect(jobs.last()).toMatchObject({
      kind: 'features',
      title: 'Preparing 20 photos for training',
    });
    await jobs.last().run();
    expect(lacking()).toBe(0);
    expect(jobs.last()).toMatchObject({ done: 20, total: 20 });
    expect(new Set(priorities)).toEqual(new Set(['background']));
  });

  it('tells listeners of features as they come, until they stop', async () => {
    const { service, jobs, waitForQuiet, lacking, dataset } = setUp({ photos: 40 });
    const left: number[] = [];
    const stop = service.features.onComputed(() => void left.push(lacking()));
    await waitForQuiet();
    await jobs.last().run();
    expect(left.length).toBeGreaterThan(1);
    expect(left.at(-1)).toBe(0);
    const complete = async (photoId: number) => {
      const sha256 = String(photoId).padStart(64, '0');
      dataset.files.set(photoId, { photoId, sha256, path: '/photos/new.jpg' });
      const { signal } = new AbortController();
      await service.features.complete({ signal, onProgress: () => undefined });
      return left.length;
    };
    const before = left.length;
    const told = await complete(500);
    expect(told).toBeGreaterThan(before);
    stop();
    expect(await complete(501)).toBe(told);
  });

  it('waits until changes end, and does nothing when nothing is missing', async () => {
    const { jobs, waitForQuiet, change } = setUp();
    await vi.advanceTimersByTimeAsync(1500);
    change();
    await vi.advanceTimersByTimeAsync(1500);
    expect(jobs.started).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(500);
    expect(jobs.started).toHaveLength(1);
    await jobs.last().run();
    change();
    await waitForQuiet();
    expect(jobs.started).toHaveLength(1);
  });

  it('goes on with photos that come while it runs', async () => {
    const added = { photoId: 500, sha256: '5'.repeat(64), path: '/photos/500.jpg' };
    let onFirst = async () => {};
    const studio = setUp({ onBatch: () => onFirst() });
    onFirst = async () => {
      onFirst = async () => {};
      studio.dataset.files.set(500, added);
      studio.change();
      await studio.waitForQuiet();
    };
    await studio.waitForQuiet();
    await studio.jobs.last().run();
    expect(studio.jobs.started).toHaveLength(1);
    await studio.waitForQuiet();
    expect(studio.jobs.last().title).toBe('Preparing 1 photo for training');
    await studio.jobs.last().run();
    expect(studio.lacking()).toBe(0);
  });

  it('logs photos that can’t be read and does not try them again and again', async () => {
    const { jobs, waitForQuiet, lacking, change } = setUp({ unreadable: [3] });
    await waitForQuiet();
    await jobs.last().run();
    expect(jobs.last().log).toEqual(['3 is torn']);
    expect(lacking()).toBe(1);
    change();
    await waitForQuiet();
    expect(jobs.started).toHaveLength(1);
  });

  it('leaves photos alone after a cancel, until there are more', async () => {
    const { jobs, waitForQuiet, change, dataset } = setUp({ onBatch: () => jobs.last().cancel() });
    await waitForQuiet();
    await expect(jobs.last().run()).rejects.toMatchObject({ code: 'cancelled' });
    change();
    await waitForQuiet();
    expect(jobs.started).toHaveLength(1);
    dataset.files.set(500, { photoId: 500, sha256: '5'.repeat(64), path: '/photos/500.jpg' });
    change();
    await waitForQuiet();
    expect(jobs.started).toHaveLength(2);
  });

  it('does not begin again by itself after a failure', async () => {
    const { jobs, waitForQuiet } = setUp({
      onBatch: () => {
        throw new Error('The backbone is damaged');
      },
    });
    await waitForQuiet();
    await expect(jobs.last().run()).rejects.toThrow('The backbone is damaged');
    await waitForQuiet();
    expect(jobs.started).toHaveLength(1);
  });

  it('prepares for the backbone of the newest model', async () => {
    const { jobs, waitForQuiet, models } = setUp();
    models.add(createFakeModel({ backbone: 'large' }));
    await waitForQuiet();
    expect(jobs.last().parameters).toEqual({ backbone: 'large' });
  });

  it('ends a running job quietly when the project is closed, and starts no other', async () => {
    const studio = setUp({ onBatch: () => studio.service.dispose() });
    await studio.waitForQuiet();
    await expect(studio.jobs.last().run()).resolves.toEqual({});
    expect(studio.jobs.last().log).toEqual(['The rest follows when the project is open again.']);
    expect(studio.lacking()).toBe(20);
    studio.change();
    await studio.waitForQuiet();
    expect(studio.jobs.started).toHaveLength(1);
  });
});
