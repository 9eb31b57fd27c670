import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createQuantizationService } from '@main/services/quantization/quantization-service';
import type { TaskImplementation } from '@main/workers/task-context';
import type { TaskInput } from '@main/workers/tasks';
import { AppError } from '@shared/api/errors';
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

type Quantize = TaskImplementation<'quantize-model'>;
type Settings = Parameters<typeof quantizationSettingsSchema.parse>[0];

const photos = [
  ...versionPhotos('train', 1, 40),
  ...versionPhotos('validation', 101, 6),
  ...versionPhotos('test', 201, 6),
];

const preprocessing = createPreprocessing({
  input: { type: 'uint8', scale: 1 / 128, zeroPoint: 128 },
});

/** Writes a file of 3 bytes and says all is well. */
const succeed: Quantize = async (input, { report }) => {
  report({ step: 'calibrating', done: 1, total: 2 });
  report({ step: 'writing', done: 0, total: 1 });
  await writeFile(input.outputFile, 'abc');
  report({ step: 'checking', done: input.checks.length, total: input.checks.length });
  return {
    changes: [{ pass: 'quantize', description: 'All weights int8' }],
    check: { photos: input.checks.length, agreement: 1, largestDifference: 0.02 },
    seconds: 2,
    bytes: 3,
    sha256: 'b'.repeat(64),
    preprocessing,
    runtime: 'Fake runtime 1.0',
  };
};

function open(task: Quantize = succeed) {
  const asked: TaskInput<'quantize-model'>[] = [];
  const project = createFakeProject({
    'quantize-model': (input, context) => {
      asked.push(input);
      return task(input, context);
    },
  });
  const jobs = createFakeJobs();
  const dataset = createFakeDataset([createFakeVersion(photos)]);
  const models = createFakeModelLibrary(project.folder, [createFakeModel()]);
  const service = createQuantizationService({
    context: project.context,
    jobs,
    dataset,
    models,
    similarity: createFakeSimilarity(),
  });
  const start = async (settings: Settings = {}, modelId = 'model-1') =>
    service.handlers['quantization.start'](
      { modelId, settings: quantizationSettingsSchema.parse(settings) },
      { signal: new AbortController().signal },
    );
  return { jobs, dataset, models, start, asked };
}

describe('quantization.start', () => {
  it('adds a checked int8 model that knows its parent', async () => {
    const { jobs, models, start, asked } = open();
    await start({ calibration: { count: 10 } });
    expect(jobs.last().title).toBe('Quantizing Lite0 to int8');
    expect(await jobs.last().run()).toEqual({ modelId: 'model-2' });
    expect(modelSchema.parse(models.get('model-2'))).toMatchObject({
      name: 'Lite0 · int8',
      precision: 'int8',
      io: 'uint8',
      bytes: 3,
      parentId: 'model-1',
      versionId: 'version-1',
      preprocessing,
      quantization: { calibrationPhotos: 10, seconds: 2, check: { agreement: 1 } },
      provenance: {
        kind: 'measured',
        on: '46 training and validation photos of version-1',
        by: 'Fake runtime 1.0',
        at: '2026-03-04T09:30:00.000Z',
      },
    });
    expect(asked[0]?.calibration).toHaveLength(10);
    const used = [...(asked[0]?.calibration ?? []), ...(asked[0]?.checks ?? [])];
    expect(used.some(({ photoId }) => photoId > 200)).toBe(false);
    expect(jobs.last().steps).toEqual([
      'Calibrating',
      'Writing the file',
      'Checking against the float model',
    ]);
    expect(jobs.last().done).toBe(jobs.last().total);
  });

  it('has no choice of input, ranges and channels for int16 values, but of photos and layers', async () => {
    const { jobs, models, start, asked } = open();
    await start({
      precision: 'int16x8',
      calibration: { count: 12, ranges: 'kl' },
      equalization: true,
      keepFloat: ['head'],
      aware: {},
    });
    await jobs.last().run();
    expect(asked[0]?.settings).toMatchObject({
      io: 'float32',
      calibration: { count: 12, ranges: 'min-max' },
      equalization: false,
      keepFloat: ['head'],
    });
    expect(asked[0]?.settings.aware).toBeUndefined();
    expect(asked[0]?.calibration).toHaveLength(12);
    expect(models.get('model-2')).toMatchObject({
      name: 'Lite0 · int16x8 (1 kept in float)',
      precision: 'int16x8',
      io: 'float32',
    });
  });

  it('says when there are fewer photos than asked for, and records how many', async () => {
    const { jobs, models, start, dataset } = open();
    dataset.files.delete(1);
    await start();
    await jobs.last().run();
    expect(models.get('model-2').quantization?.calibrationPhotos).toBe(39);
    expect(jobs.last().log).toEqual(['Calibrated on 39 photos: there are no more to train on.']);
  });

  it('needs no calibration for float16, whose inputs stay float32', async () => {
    const { jobs, models, start, asked } = open();
    await start({ precision: 'float16', io: 'uint8' });
    await jobs.last().run();
    expect(asked[0]?.calibration).toEqual([]);
    expect(asked[0]?.settings.io).toBe('float32');
    expect(models.get('model-2')).toMatchObject({ name: 'Lite0 · float16', io: 'float32' });
  });

  it('tells int8 variants apart by name', async () => {
    const { jobs, models, start } = open();
    await start({ io: 'float32' });
    await jobs.last().run();
    expect(models.get('model-2').name).toBe('Lite0 · int8 (float32 in and out)');
  });

  it('does not quantize what is quantized', async () => {
    const { jobs, models, start } = open();
    models.add(createFakeModel({ id: 'model-2', name: 'Small', precision: 'int8' }));
    await expect(start({}, 'model-2')).rejects.toThrow('Small is int8 already.');
    expect(jobs.started).toHaveLength(0);
  });

  it('needs the photos of the model', async () => {
    const { jobs, start, dataset } = open();
    dataset.files.clear();
    await start();
    await expect(jobs.last().run()).rejects.toMatchObject({ code: 'not-ready' });
  });

  it.each(['model-broken', 'cancelled'] as const)('offers nothing when %s', async (code) => {
    const { jobs, models, start, asked } = open(async (input) => {
      await writeFile(input.outputFile, 'half');
      throw new AppError(code, 'One class answers everything.');
    });
    await start();
    await expect(jobs.last().run()).rejects.toThrow('One class answers everything.');
    expect(models.records).toHaveLength(1);
    expect(existsSync(asked[0]?.outputFile ?? '')).toBe(false);
  });

  it('adds nothing when cancelled in the last moment', async () => {
    const setup = open(async (input, context) => {
      setup.jobs.last().cancel();
      return succeed(input, context);
    });
    await setup.start();
    await expect(setup.jobs.last().run()).rejects.toMatchObject({ code: 'cancelled' });
    expect(setup.models.records).toHaveLength(1);
    expect(existsSync(setup.asked[0]?.outputFile ?? '')).toBe(false);
  });
});
