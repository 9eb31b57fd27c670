import { join } from 'node:path';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { type CacheStore, openCacheStore } from '@main/platform/cache-store';
import { scoreHeads } from '@main/workers/score-heads';
import type { TaskContext } from '@main/workers/task-context';
import type { TaskInput } from '@main/workers/tasks';
import type { HeadTrialScore } from '@main/workers/tasks/training-tasks';
import { type Backbone, backboneRecipe } from '@shared/domain/backbone';
import { trainingSettingsSchema } from '@shared/domain/model';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createTaskContext } from '../../../fakes/fake-task-context';
import { cacheSmallPhotos, writeSmallBackbone } from '../../../fixtures/small-backbone';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());
const settings = trainingSettingsSchema.parse({ epochs: 30, learningRate: 0.05 });

let store: CacheStore;
let backbone: Backbone;
let backboneFile: string;
let photos: TaskInput<'score-heads'>['photos'];

beforeEach(() => {
  const folder = temporaryFolder();
  const opened = openCacheStore(join(folder, 'cache.sqlite'));
  onTestFinished(() => opened.close());
  store = opened;
  ({ backbone, file: backboneFile } = writeSmallBackbone(folder));
  photos = cacheSmallPhotos(store, backbone, 60).map((photo) => ({
    ...photo,
    unit: photo.photoId,
  }));
});

const score = (
  trials: TaskInput<'score-heads'>['trials'],
  changes: Partial<TaskInput<'score-heads'>> = {},
  context: Partial<TaskContext<'score-heads'>> = {},
) =>
  scoreHeads(
    {
      photos,
      labels: ['red', 'green', 'blue'],
      backbone,
      backboneFile,
      recipe: backboneRecipe(backbone),
      cacheFile: '',
      trials,
      seed: 1,
      ...changes,
    },
    createTaskContext(runtime, { cache: () => store, ...context }),
  );

const judged = ({ outcomes }: HeadTrialScore) => outcomes.filter((outcome) => outcome > 0).length;
const right = ({ outcomes }: HeadTrialScore) => outcomes.filter((outcome) => outcome === 2).length;
const total = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0);

describe('score-heads', () => {
  it('judges every photo once over the five folds, and learns from the others', async () => {
    const trials = Array.from({ length: 5 }, (_, fold) => ({ fold, share: 1, settings }));
    const { scores, engine } = await score(trials);
    expect(engine).toContain('tfjs');
    expect(total(scores.map(judged))).toBe(60);
    for (const one of scores) expect(one.learned + judged(one)).toBe(60);
    expect(total(scores.map(right))).toBeGreaterThan(50);
  });

  it('takes a share of each label, one photo at least', async () => {
    const { scores } = await score([
      { fold: 0, share: 0.25, settings },
      { fold: 0, share: 0.001, settings },
    ]);
    expect(scores.map(({ learned }) => learned)).toEqual([12, 3]);
  });

  it('keeps photos of one unit in one fold', async () => {
    // Bursts of four shots.
    photos = photos.map((photo) => ({
      ...photo,
      unit: photo.labelIndex * 100 + Math.floor((photo.photoId - 1) / 12),
    }));
    const trials = Array.from({ length: 5 }, (_, fold) => ({ fold, share: 1, settings }));
    const { scores } = await score(trials);
    for (const { outcomes } of scores) {
      const units = new Map<number, Set<boolean>>();
      photos.forEach(({ unit }, at) => {
        units.set(unit, (units.get(unit) ?? new Set()).add((outcomes[at] ?? 0) > 0));
      });
      expect([...units.values()].every(({ size }) => size === 1)).toBe(true);
    }
  });

  it('names labels whose photos all stay together', async () => {
    photos = photos.map((photo) => (photo.labelIndex === 1 ? { ...photo, unit: 7000 } : photo));
    await expect(score([{ fold: 0, share: 1, settings }])).rejects.toMatchObject({
      code: 'not-ready',
      message: expect.stringContaining('All photos of green stay together'),
    });
  });

  it('begins no trial after the deadline, and is cancelled between epochs', async () => {
    const trials = [{ fold: 0, share: 1, settings }];
    expect((await score(trials, { deadline: Date.now() - 1 })).scores).toEqual([]);
    const controller = new AbortController();
    const run = score(
      [...trials, ...trials],
      {},
      {
        signal: controller.signal,
        report: () => controller.abort(),
      },
    );
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('names a photo whose features can’t be computed', async () => {
    photos = [
      ...photos,
      { photoId: 99, sha256: 'e'.repeat(64), path: '/no.jpg', labelIndex: 0, unit: 99 },
    ];
    const run = score([{ fold: 0, share: 1, settings }]);
    await expect(run).rejects.toMatchObject({
      code: 'photo-unreadable',
      message: expect.stringContaining('/no.jpg'),
    });
  });
});
