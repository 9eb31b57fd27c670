import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createQuantizationService } from '@main/services/quantization/quantization-service';
import { spreadPhotos } from '@main/workers/spread-photos';
import type { TaskInput } from '@main/workers/tasks';
import { AppError } from '@shared/api/errors';
import { quantizationSettingsSchema } from '@shared/domain/model';
import { describe, expect, it } from 'vitest';
import {
  createFakeDataset,
  createFakeVersion,
  versionPhotos,
} from '../../../../fakes/fake-dataset';
import { createFakeJobs } from '../../../../fakes/fake-jobs';
import { createFakeModel, createPreprocessing } from '../../../../fakes/fake-model';
import { createFakeModelLibrary } from '../../../../fakes/fake-model-library';
import { createFakeProject } from '../../../../fakes/fake-project';
import { createFakeSimilarity } from '../../../../fakes/fake-similarity';

const call = { signal: new AbortController().signal };
const photos = [...versionPhotos('train', 1, 30), ...versionPhotos('validation', 101, 20)];
const preprocessing = createPreprocessing();
type Settings = TaskInput<'quantize-model'>['settings'];

/** Right of 20: the float model all, an int8 form 15, with `kl` ranges and hard photos 18. */
function open(before: (settings: Settings) => void = () => undefined) {
  const made = new Map<string, Settings>();
  const project = createFakeProject({
    'spread-photos': spreadPhotos,
    'quantize-model': async ({ outputFile, settings, checks }) => {
      before(settings);
      made.set(outputFile, settings);
      await writeFile(outputFile, 'abc');
      return {
        changes: [],
        check: { photos: checks.length, agreement: 0.9, largestDifference: 0.1 },
        seconds: 1,
        bytes: 3,
        sha256: 'c'.repeat(64),
        preprocessing,
        runtime: 'Fake runtime 1.0',
      };
    },
    'answer-photos': async (input) => {
      const settings = made.get(input.modelFile)?.calibration;
      const isBest = settings?.ranges === 'kl' && settings.choice === 'hard';
      const right = settings === undefined ? 20 : isBest ? 18 : 15;
      const probabilities = new Float32Array(input.photos.length * 2);
      input.photos.forEach(({ photoId }, row) => {
        const truth = photos.find((photo) => photo.photoId === photoId)?.labelIndex ?? 0;
        probabilities[row * 2 + (row < right ? truth : 1 - truth)] = 1;
      });
      return { probabilities, failures: [], runtime: 'Fake runtime 1.0' };
    },
    'measure-latency': async () => ({
      models: [{ loadMs: 1, timesMs: [1] }],
      warmupRuns: 1,
      threads: 1,
      runtime: 'Fake runtime 1.0',
    }),
  });
  const jobs = createFakeJobs();
  const models = createFakeModelLibrary(project.folder, [createFakeModel()]);
  const { handlers } = createQuantizationService({
    ...project,
    jobs,
    models,
    dataset: createFakeDataset([createFakeVersion(photos)]),
    similarity: createFakeSimilarity(photos.map(({ photoId }) => photoId)),
  });
  return {
    ...project,
    jobs,
    models,
    async try() {
      const settings = quantizationSettingsSchema.parse({ calibration: { count: 10 } });
      await handlers['quantization.tryCalibrations']({ modelId: 'model-1', settings }, call);
      await jobs.last().run();
    },
    trials: async () =>
      (await handlers['quantization.calibrations']({ modelId: 'model-1' }, call)).trials,
  };
}

describe('trying calibrations', () => {
  it('judges each choice with each rule on validation photos, and keeps no model', async () => {
    const project = open();
    expect(await project.trials()).toBeUndefined();
    await project.try();
    const found = await project.trials();
    expect(found).toMatchObject({ photos: 20, floatCorrect: 20, modelId: 'model-1' });
    expect(found?.trials).toHaveLength(16);
    expect(new Set(found?.trials.map(({ choice, ranges }) => `${choice} ${ranges}`)).size).toBe(16);
    const best = found?.trials.filter(({ correct = 0 }) => correct > 15);
    expect(best).toMatchObject([{ choice: 'hard', ranges: 'kl', correct: 18, agreement: 0.9 }]);
    expect(project.models.list()).toHaveLength(1);
    expect(readdirSync(project.folder, { recursive: true }).join()).not.toContain('model-2');
    expect(project.jobs.last()).toMatchObject({ done: 17, total: 17 });
  });

  it('names what is broken and goes on', async () => {
    const project = open(({ calibration }) => {
      if (calibration.ranges === 'mse') throw new AppError('model-broken', 'It answers one label.');
    });
    await project.try();
    const broken = (await project.trials())?.trials.filter(({ reason }) => reason !== undefined);
    expect(broken).toHaveLength(4);
    expect(broken?.[0]).toMatchObject({ ranges: 'mse', reason: 'It answers one label.' });
  });

  it.each(['cancelled', 'no-space'] as const)('ends at what ends all: %s', async (code) => {
    const project = open(() => {
      throw new AppError(code, 'Ended.');
    });
    await expect(project.try()).rejects.toMatchObject({ code });
    expect(await project.trials()).toBeUndefined();
  });
});
