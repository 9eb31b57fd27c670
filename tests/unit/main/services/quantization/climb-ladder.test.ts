import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createQuantizationService } from '@main/services/quantization/quantization-service';
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

/** How many of the 20 validation photos each form gets right, the float model included. */
type Right = (asked: TaskInput<'quantize-model'>['settings'] | undefined) => number;

function open(
  right: Right,
  before: (asked: TaskInput<'quantize-model'>) => void = () => undefined,
) {
  const made = new Map<string, TaskInput<'quantize-model'>['settings']>();
  const answered: TaskInput<'answer-photos'>['photos'][] = [];
  const project = createFakeProject({
    'quantize-model': async (input) => {
      before(input);
      made.set(input.outputFile, input.settings);
      await writeFile(input.outputFile, 'abc');
      return {
        changes: [],
        check: { photos: input.checks.length, agreement: 1, largestDifference: 0 },
        seconds: 1,
        bytes: 3,
        sha256: 'c'.repeat(64),
        preprocessing,
        runtime: 'Fake runtime 1.0',
      };
    },
    'answer-photos': async (input) => {
      answered.push(input.photos);
      const width = preprocessing.labels.length;
      const probabilities = new Float32Array(input.photos.length * width);
      const correct = right(made.get(input.modelFile));
      input.photos.forEach(({ photoId }, row) => {
        const photo = photos.find((one) => one.photoId === photoId);
        const truth = photo?.labelIndex ?? 0;
        probabilities[row * width + (row < correct ? truth : (truth + 1) % width)] = 1;
      });
      return { probabilities, failures: [], runtime: 'Fake runtime 1.0' };
    },
    'measure-layers': async () => ({
      photos: 4,
      runtime: 'Fake runtime 1.0',
      layers: ['fine', 'bad', 'worse'].map((name, place) => ({
        name,
        operator: 'CONV_2D',
        signalToNoise: 30 - 10 * place,
        added: 1,
        clipped: 0,
      })),
    }),
    'measure-latency': async () => ({
      models: [{ loadMs: 1, timesMs: [3, 1, 2] }],
      warmupRuns: 1,
      threads: 1,
      runtime: 'Fake runtime 1.0',
    }),
  });
  const jobs = createFakeJobs();
  const dataset = createFakeDataset([createFakeVersion(photos)]);
  const models = createFakeModelLibrary(project.folder, [createFakeModel()]);
  const { context } = project;
  const { handlers } = createQuantizationService({
    context,
    jobs,
    dataset,
    models,
    similarity: createFakeSimilarity(),
  });
  return {
    ...project,
    jobs,
    models,
    answered,
    async climb(budget: number) {
      const settings = quantizationSettingsSchema.parse({ calibration: { count: 10 } });
      await handlers['quantization.climb']({ modelId: 'model-1', budget, settings }, call);
      return jobs.last().run();
    },
    ladder: async () =>
      (await handlers['quantization.ladder']({ modelId: 'model-1' }, call)).ladder,
  };
}

describe('climbing', () => {
  it('keeps the first form within the budget, and tells of each below it', async () => {
    const project = open((asked) => (asked && !asked.biasCorrection ? 15 : 19));
    expect(await project.climb(0)).toEqual({ modelId: 'model-2' });
    expect(project.models.list().map(({ id }) => id)).toContain('model-2');
    const ladder = await project.ladder();
    expect(ladder).toMatchObject({
      parentId: 'model-1',
      photos: 20,
      float: { correct: 19, latencyMs: 2 },
      modelId: 'model-2',
      runtime: 'Fake runtime 1.0',
    });
    expect(ladder?.rungs.map(({ outcome, correct }) => [outcome, correct])).toEqual([
      ['below', 15],
      ['within', 19],
    ]);
    // Judged on validation photos and nothing else.
    const judged = project.answered.flat().map(({ photoId }) => photoId);
    expect(judged.every((photoId) => photoId > 100)).toBe(true);
  });

  it('says when no form will do, and keeps none', async () => {
    const project = open((asked) => (asked ? 10 : 20));
    expect(await project.climb(0.1)).toEqual({});
    const ladder = await project.ladder();
    expect(ladder?.modelId).toBeUndefined();
    expect(ladder?.rungs).toHaveLength(9);
    expect(project.models.list()).toHaveLength(1);
    expect(project.jobs.last().done).toBe(project.jobs.last().total);
  });

  it('keeps the worst tensors in float, more and more, before weights alone', async () => {
    const project = open((asked) => {
      if (!asked) return 20;
      return asked.keepFloat.length === 2 ? 20 : 15 + Number(asked.biasCorrection);
    });
    expect(await project.climb(0)).toEqual({ modelId: 'model-2' });
    const ladder = await project.ladder();
    expect(ladder?.rungs.map(({ settings }) => settings.keepFloat)).toEqual([
      ...[[], [], [], [], []],
      ['worse'],
      ['worse', 'bad'],
    ]);
    // Of the whole int8 form that did best, the cheaper of equal ones.
    expect(ladder?.rungs.at(-1)?.settings).toMatchObject({
      biasCorrection: true,
      calibration: { ranges: 'min-max' },
    });
    expect(project.models.get('model-2').name).toContain('2 kept in float');
  });

  it('searches for better rounding last of whole int8, and not in other forms', async () => {
    const project = open((asked) => (asked?.precision === 'float16' || !asked ? 20 : 10));
    await project.climb(0);
    const ladder = await project.ladder();
    const searched = ladder?.rungs.map(({ settings }) => settings.roundingSearch);
    expect(searched).toEqual([
      ...[false, false, false, false, true],
      ...[false, false],
      false,
      false,
    ]);
  });

  it('keeps no second model of the very same bytes, and says so', async () => {
    const project = open(() => 20);
    expect(await project.climb(0)).toEqual({ modelId: 'model-2' });
    expect((await project.ladder())?.wasThere).toBeUndefined();
    expect(await project.climb(0)).toEqual({ modelId: 'model-2' });
    expect(await project.ladder()).toMatchObject({ modelId: 'model-2', wasThere: true });
    expect(project.models.list().map(({ id }) => id)).toEqual(['model-2', 'model-1']);
    expect(existsSync(project.models.temporaryFile('model-3'))).toBe(false);
  });

  it('numbers the name of another model that is called the same', async () => {
    const project = open(() => 20);
    await project.climb(0);
    const [first] = project.models.list();
    Object.assign(first ?? {}, { sha256: 'd'.repeat(64) });
    expect(await project.climb(0)).toEqual({ modelId: 'model-3' });
    expect(project.models.get('model-3').name).toBe(`${first?.name} (2)`);
  });

  it('goes past a broken form and says why it is broken', async () => {
    const project = open(
      () => 20,
      ({ settings }) => {
        if (settings.precision === 'int8')
          throw new AppError('model-broken', 'It answers one label.');
      },
    );
    await project.climb(0.005);
    const ladder = await project.ladder();
    expect(ladder?.rungs.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ...Array.from({ length: 5 }, () => ['broken', 'It answers one label.']),
      ['within', undefined],
    ]);
  });

  it.each(['cancelled', 'no-space'] as const)('ends at what ends all forms: %s', async (code) => {
    const project = open(
      () => 20,
      () => {
        throw new AppError(code, 'Ended.');
      },
    );
    await expect(project.climb(0)).rejects.toMatchObject({ code });
    expect(await project.ladder()).toBeUndefined();
    expect(project.models.list()).toHaveLength(1);
  });

  it('leaves no file of a form that was thrown away', async () => {
    const project = open((asked) => (asked ? 1 : 20));
    await project.climb(0);
    const file = project.models.temporaryFile('model-2');
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(project.folder, { recursive: true }).join()).not.toContain('model-2');
  });
});
