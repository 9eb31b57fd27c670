import { createHeadTrialsService } from '@main/services/training/head-trials-service';
import type { TaskInput } from '@main/workers/tasks';
import { verdictOfCurve } from '@shared/domain/learning-curve';
import { type TrainingSettings, trainingSettingsSchema } from '@shared/domain/model';
import { describe, expect, it } from 'vitest';
import { createFakeBackbones } from '../../../../fakes/fake-backbones';
import {
  createFakeDataset,
  createFakeVersion,
  versionPhotos,
} from '../../../../fakes/fake-dataset';
import { createFakeJobs } from '../../../../fakes/fake-jobs';
import { createFakeModelLibrary } from '../../../../fakes/fake-model-library';
import { createFakeProject } from '../../../../fakes/fake-project';

const call = { signal: new AbortController().signal };
const settings = trainingSettingsSchema.parse({});
type Trial = TaskInput<'score-heads'>['trials'][number];

/** How many of the 20 photos of a fold a head gets right; undefined: time has run out. */
type Right = (trial: Trial) => number | undefined;

function open(
  right: Right,
  photos = [...versionPhotos('train', 1, 80), ...versionPhotos('validation', 101, 20)],
) {
  const asked: TaskInput<'score-heads'>[] = [];
  const project = createFakeProject({
    'extract-features': async () => ({ failures: [] }),
    'score-heads': async (input) => {
      asked.push(input);
      const scores = input.trials.flatMap((trial) => {
        const count = right(trial);
        if (count === undefined) return [];
        // Photos take turns between folds, and labels within each.
        const own = input.photos
          .map((photo, at) => ({ photo, at }))
          .filter(({ photo }) => Math.floor((photo.photoId - 1) / 2) % 5 === trial.fold);
        const outcomes = new Uint8Array(input.photos.length);
        own
          .sort((a, b) => a.photo.labelIndex - b.photo.labelIndex)
          .forEach(({ at }, place) => (outcomes[at] = place < count ? 2 : 1));
        return [{ learned: Math.round(80 * trial.share), outcomes, loss: 1 - count / 20 }];
      });
      return { engine: 'tfjs', scores };
    },
  });
  const jobs = createFakeJobs();
  const dataset = createFakeDataset([
    createFakeVersion([...photos, ...versionPhotos('test', 201, 20)]),
  ]);
  const { handlers } = createHeadTrialsService({
    ...project,
    jobs,
    dataset,
    models: createFakeModelLibrary(project.folder),
    backbones: createFakeBackbones(),
  });
  return {
    asked,
    jobs,
    async measure() {
      await handlers['headTrials.measureCurve']({ settings }, call);
      await jobs.last().run();
    },
    async search(from: TrainingSettings = settings) {
      await handlers['headTrials.search']({ settings: from }, call);
      await jobs.last().run();
    },
    curve: async () => (await handlers['headTrials.curve']({}, call)).curve,
    found: async () => (await handlers['headTrials.lastSearch']({}, call)).search,
  };
}

describe('the learning curve', () => {
  it('has a step a doubling, judged on photos of the training and validation split alone', async () => {
    const project = open(({ share }) => 10 + Math.round(share * 8));
    expect(await project.curve()).toBeUndefined();
    await project.measure();
    const curve = await project.curve();
    expect(curve?.steps.map(({ photos }) => photos)).toEqual([5, 10, 20, 40, 80]);
    expect(curve?.steps.at(-1)?.accuracy.mean).toBeCloseTo(0.9);
    expect(curve?.lastDoubling.mean).toBeCloseTo(0.2);
    expect(curve && verdictOfCurve(curve)).toBe('helps');
    expect(curve).toMatchObject({ photos: 100, of: 100, folds: 5, engine: 'tfjs' });
    // The one that is least often right comes first.
    expect(curve?.labels.map(({ label, whole }) => [label, whole])).toEqual([
      ['hat', 0.8],
      ['banana', 1],
    ]);
    const ids = project.asked.flatMap(({ photos }) => photos.map(({ photoId }) => photoId));
    expect(Math.max(...ids)).toBeLessThan(201);
    expect(project.jobs.last()).toMatchObject({ total: 25 });
  });

  it.each([
    ['faultless', () => 20],
    ['unclear', ({ fold, share }: Trial) => (share === 1 && fold < 2 ? 20 - 8 * fold : 15)],
  ] as const)('can be %s', async (verdict, right) => {
    const project = open(right);
    await project.measure();
    const curve = await project.curve();
    expect(curve && verdictOfCurve(curve)).toBe(verdict);
  });

  it('is saturated when the last doubling brought two points at most', () => {
    const interval = { low: 0.9, high: 0.96 };
    const steps = [20, 40].map((photos) => ({ photos, accuracy: { mean: 0.93, interval } }));
    const lastDoubling = { mean: 0.001, interval: { low: -0.01, high: 0.012 } };
    expect(verdictOfCurve({ steps, lastDoubling })).toBe('saturated');
  });
});

describe('the search', () => {
  const isGood = ({ hiddenUnits, learningRate }: TrainingSettings) =>
    hiddenUnits === 64 && learningRate <= 0.01;

  it('judges all on one fold and the best on all, the current settings with them', async () => {
    const project = open((trial) => (isGood(trial.settings) ? 19 : 15));
    await project.search();
    const found = await project.found();
    expect(found?.trials).toHaveLength(18);
    expect(found?.trials[0]).toMatchObject({ folds: 5, correct: 95, judged: 100 });
    expect(found?.trials.map(({ folds }) => folds)).toEqual([
      5,
      5,
      5,
      5,
      3,
      3,
      3,
      ...Array(11).fill(1),
    ]);
    expect(isGood(found?.trials[0]?.settings ?? settings)).toBe(true);
    expect(found?.current).toMatchObject({ folds: 5, correct: 75 });
    expect(found?.gain.mean).toBeCloseTo(0.2);
    expect(found?.planned).toBe(18 + 2 * 7 + 2 * 4);
  });

  it('tells of no gain when the current settings are the best', async () => {
    const project = open((trial) => (trial.settings.learningRate === 0.005 ? 19 : 12));
    await project.search();
    const gain = (await project.found())?.gain;
    expect(gain?.mean).toBe(0);
    expect(gain?.interval.low).toBeLessThan(0);
  });

  it('makes do with what there was time for', async () => {
    let left = 18 + 4;
    const project = open(() => ((left -= 1) >= 0 ? 15 : undefined));
    await project.search();
    const found = await project.found();
    const made = found?.trials.reduce((sum, { folds }) => sum + folds, 0);
    expect(made).toBe(22);
    expect(found?.planned).toBeGreaterThan(22);
  });

  it('says so when there was time for nothing', async () => {
    const project = open(() => undefined);
    await expect(project.search()).rejects.toMatchObject({ code: 'not-ready' });
    expect(await project.found()).toBeUndefined();
  });
});

describe('both', () => {
  it('say what is missing before a job is queued', async () => {
    const few = open(() => 20, [...versionPhotos('train', 1, 8)]);
    await expect(few.measure()).rejects.toMatchObject({
      code: 'not-ready',
      message: expect.stringContaining('banana, hat'),
    });
    expect(few.jobs.started).toHaveLength(0);
  });

  it('leave nothing when they are cancelled', async () => {
    const project = open(() => 20);
    const starting = project.measure();
    project.jobs.last().cancel();
    await expect(starting).rejects.toMatchObject({ code: 'cancelled' });
    expect(await project.curve()).toBeUndefined();
  });
});
