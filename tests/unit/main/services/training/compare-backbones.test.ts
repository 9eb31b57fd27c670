import { createHeadTrialsService } from '@main/services/training/head-trials-service';
import type { TaskInput } from '@main/workers/tasks';
import { clearlyBetter } from '@shared/domain/backbone-trials';
import { trainingSettingsSchema } from '@shared/domain/model';
import { describe, expect, it } from 'vitest';
import { createFakeBackbone, createFakeBackbones } from '../../../../fakes/fake-backbones';
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
const small = createFakeBackbone();
const large = createFakeBackbone({
  name: 'lite2',
  title: 'Lite2',
  file: 'lite2.tflite',
  bytes: 4000,
  inputSize: 12,
});

/** Heads on the small backbone get so many of each fold's 20 photos right, on the large one 19. */
function open(rightOfSmall: number) {
  const timed: TaskInput<'measure-latency'>[] = [];
  const project = createFakeProject({
    'extract-features': async () => ({ failures: [] }),
    'score-heads': async ({ trials, photos, backbone }) => ({
      engine: 'tfjs',
      scores: trials.map(({ fold }) => {
        const right = backbone.name === small.name ? rightOfSmall : 19;
        const own = [...photos.entries()].filter(
          ([, { photoId }]) => Math.floor((photoId - 1) / 2) % 5 === fold,
        );
        const outcomes = new Uint8Array(photos.length);
        own
          .sort(([, one], [, other]) => one.photoId - other.photoId)
          .forEach(([at], place) => (outcomes[at] = place < right ? 2 : 1));
        return { learned: 80, outcomes, loss: 0.5 };
      }),
    }),
    'describe-graph': async ({ modelFile }) => ({
      bytes: 1,
      sha256: 'a'.repeat(64),
      description: '',
      inputs: [],
      outputs: [],
      operators: [],
      totals: {
        weightBytes: 0,
        multiplyAdds: modelFile.includes('lite2') ? 8e8 : 4e8,
        uncounted: 0,
      },
      changes: [],
    }),
    'measure-latency': async (input) => {
      timed.push(input);
      return {
        models: input.models.map((_, index) => ({
          loadMs: 1,
          timesMs: Array.from({ length: input.runs }, () => 20 * (index + 1)),
        })),
        warmupRuns: input.warmupRuns,
        threads: 1,
        runtime: 'Fake runtime 1.0',
      };
    },
  });
  const jobs = createFakeJobs();
  const photos = [...versionPhotos('train', 1, 80), ...versionPhotos('validation', 81, 20)];
  const { handlers } = createHeadTrialsService({
    ...project,
    jobs,
    dataset: createFakeDataset([createFakeVersion([...photos, ...versionPhotos('test', 201, 20)])]),
    models: createFakeModelLibrary(project.folder),
    backbones: createFakeBackbones([small, large]),
  });
  return {
    jobs,
    timed,
    start: () => handlers['headTrials.compareBackbones']({ settings }, call),
    found: async () => (await handlers['headTrials.backbones']({}, call)).trials,
  };
}

describe('headTrials.compareBackbones', () => {
  it('holds the features of each, its size and its speed side by side', async () => {
    const project = open(15);
    expect(await project.found()).toBeUndefined();
    await project.start();
    await project.jobs.last().run();
    const found = await project.found();
    expect(found).toMatchObject({
      chosen: small.name,
      photos: 100,
      folds: 5,
      engine: 'tfjs',
      runtime: 'Fake runtime 1.0',
      trials: [
        { name: small.name, bytes: 1000, multiplyAdds: 4e8, latencyMs: { p50: 20, runs: 20 } },
        { name: 'lite2', bytes: 4000, multiplyAdds: 8e8, latencyMs: { p50: 40, runs: 20 } },
      ],
    });
    expect(found?.trials.map(({ accuracy }) => accuracy.mean)).toEqual([0.75, 0.95]);
    expect(found?.trials[0]?.gain.mean).toBe(0);
    expect(found?.trials[1]?.gain.mean).toBeCloseTo(0.2);
    expect(found && clearlyBetter(found)?.name).toBe('lite2');
    // Each backbone is timed on its own pictures, none of which is a test photo.
    expect(project.timed[0]?.models.map(({ preprocessing }) => preprocessing.width)).toEqual([
      8, 12,
    ]);
    expect(project.timed[0]?.photos.every(({ photoId }) => photoId <= 100)).toBe(true);
  });

  it('says of none that it is better when they are alike', async () => {
    const project = open(19);
    await project.start();
    await project.jobs.last().run();
    const found = await project.found();
    expect(found && clearlyBetter(found)).toBeUndefined();
  });

  it('keeps nothing when it is cancelled', async () => {
    const project = open(15);
    await project.start();
    project.jobs.last().cancel();
    await expect(project.jobs.last().run()).rejects.toMatchObject({ code: 'cancelled' });
    expect(await project.found()).toBeUndefined();
  });
});
