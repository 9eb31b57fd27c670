import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { createQuantizationService } from '@main/services/quantization/quantization-service';
import type { TaskInput } from '@main/workers/tasks';
import { modelSchema, quantizationSettingsSchema } from '@shared/domain/model';
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

const record = {
  engine: 'tfjs WebAssembly 4.22.0',
  epochs: 11,
  bestEpoch: 7,
  weights: 8967,
  photos: 6,
  accuracy: { plain: 0.5, aware: 1 },
};

function open() {
  const asked: TaskInput<'quantize-model'>[] = [];
  const { context, folder } = createFakeProject({
    'quantize-model': async (input, { report }) => {
      asked.push(input);
      report({ step: 'learning', done: 3, total: 40 });
      await writeFile(input.outputFile, 'abc');
      return {
        changes: [],
        check: { photos: 10, agreement: 1, largestDifference: 0.02 },
        aware: input.learned && record,
        seconds: 2,
        bytes: 3,
        sha256: 'b'.repeat(64),
        preprocessing: createPreprocessing({
          input: { type: 'uint8', scale: 1 / 128, zeroPoint: 128 },
        }),
        runtime: 'Fake runtime 1.0',
      };
    },
  });
  const jobs = createFakeJobs();
  const dataset = createFakeDataset([
    createFakeVersion([
      ...versionPhotos('train', 1, 8),
      ...versionPhotos('validation', 101, 6),
      ...versionPhotos('test', 201, 6),
    ]),
  ]);
  const models = createFakeModelLibrary(folder, [createFakeModel()]);
  const { handlers } = createQuantizationService({
    ...{ context, jobs, dataset, models, similarity: createFakeSimilarity() },
  });
  const run = async (settings: object) => {
    await handlers['quantization.start'](
      { modelId: 'model-1', settings: quantizationSettingsSchema.parse(settings) },
      { signal: new AbortController().signal },
    );
    await jobs.last().run();
    return modelSchema.parse(models.get('model-2'));
  };
  return { run, asked, jobs };
}

it('learns from training and validation photos, never from the test split, and says what it was worth', async () => {
  const { run, asked, jobs } = open();
  const model = await run({ aware: { blocks: 1 } });
  expect(model.name).toBe('Lite0 · int8 (trained for it)');
  expect(model.quantization).toMatchObject({ aware: record, settings: { aware: { blocks: 1 } } });
  expect(asked[0]?.learned).toHaveLength(14);
  expect(asked[0]?.learned?.[9]).toMatchObject({
    photoId: 102,
    labelIndex: 1,
    split: 'validation',
    path: '/photos/102.jpg',
  });
  expect(asked[0]?.learned?.every(({ split }) => split !== 'test')).toBe(true);
  expect(jobs.last().steps).toEqual(['Training for int8']);
});

it.each([
  ['not asked for', {}],
  ['no int8 model', { precision: 'float16', aware: {} }],
])('gets no photos when it is %s', async (_, settings) => {
  const { run, asked } = open();
  const { quantization } = await run(settings);
  expect(quantization?.aware).toBeUndefined();
  expect(quantization?.settings.aware).toBeUndefined();
  expect(asked[0]?.learned).toBeUndefined();
});
