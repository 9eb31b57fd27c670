import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { createModelLibrary } from '@main/services/models/model-library';
import { createTrainingService } from '@main/services/training/training-service';
import { describeTrainer } from '@main/workers/describe-trainer';
import { extractFeatures } from '@main/workers/extract-features';
import type { TaskContext, TaskImplementation } from '@main/workers/task-context';
import type { TaskName, TaskProgress } from '@main/workers/tasks';
import { trainClassifier } from '@main/workers/train-classifier';
import type { CallContext, EventPayload } from '@shared/api/contract';
import { type TrainingSettings, trainingSettingsSchema } from '@shared/domain/model';
import { createFakeBackbones } from '../../../../fakes/fake-backbones';
import {
  createFakeDataset,
  createFakeVersion,
  versionPhotos,
} from '../../../../fakes/fake-dataset';
import { createFakeJobs } from '../../../../fakes/fake-jobs';
import { createFakeProject } from '../../../../fakes/fake-project';
import { cacheSmallPhotos, writeSmallBackbone } from '../../../../fixtures/small-backbone';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

const call: CallContext = { signal: new AbortController().signal };
const labels = ['red', 'green', 'blue'];

/** The real task, lent a runtime, with something to do at each of its reports. */
function withRuntime<Name extends TaskName>(
  task: TaskImplementation<Name>,
  onReport: (progress: TaskProgress<Name>) => void = () => undefined,
): TaskImplementation<Name> {
  return (input, context: TaskContext<Name>) =>
    task(input, {
      ...context,
      runtime: () => Promise.resolve(runtime),
      report(progress) {
        context.report(progress);
        onReport(progress);
      },
    });
}

interface Options {
  photos?: number;
  onReport?(progress: TaskProgress<'train-classifier'>): void;
  onFeatures?(): void;
  train?: TaskImplementation<'train-classifier'>;
}

function setUp({ photos = 60, onReport, onFeatures, train = trainClassifier }: Options = {}) {
  const { backbone, file } = writeSmallBackbone(temporaryFolder());
  const epochs: EventPayload<'training.epoch'>[] = [];
  const project = createFakeProject(
    {
      'extract-features': withRuntime(extractFeatures, onFeatures),
      'train-classifier': withRuntime(train, onReport),
      'describe-trainer': describeTrainer,
    },
    {
      emit(name, payload) {
        if (name === 'training.epoch') epochs.push(payload as EventPayload<'training.epoch'>);
      },
    },
  );
  const { context } = project;
  const trained = cacheSmallPhotos(context.cache, backbone, photos);
  const tested = versionPhotos('test', 1000, 6, 3);
  const dataset = createFakeDataset([createFakeVersion([...trained, ...tested], { labels })]);
  const jobs = createFakeJobs();
  const { models } = createModelLibrary(context);
  const backbones = { ...createFakeBackbones([backbone]), file: () => file };
  const { handlers } = createTrainingService({
    context,
    jobs,
    dataset,
    models,
    backbones,
    fineTuning: { refuseIfImpossible: async () => undefined },
  });
  const settings = trainingSettingsSchema.parse({
    backbone: backbone.name,
    epochs: 20,
    learningRate: 0.05,
  });
  const start = async (changes: Partial<TrainingSettings> = {}) => {
    await handlers['training.start']({ settings: { ...settings, ...changes } }, call);
    return jobs.last();
  };
  return { ...project, dataset, jobs, models, handlers, backbone, epochs, start };
}

describe('training.start', () => {
  it('makes a model of the frozen version and says how', async () => {
    const { start, models, backbone, epochs, dataset } = setUp();
    const job = await start();
    expect(job.title).toBe('Training Small on 48 photos');
    const { modelId } = await job.run();
    const model = models.get(modelId ?? '');
    expect(model).toMatchObject({
      id: 'model-1',
      name: 'Small · 3 classes',
      precision: 'float32',
      io: 'float32',
      versionId: dataset.freezeVersion().id,
      backbone: backbone.name,
      training: { counts: { train: 48, validation: 12, test: 6 }, check: { photos: 32 } },
      preprocessing: { labels, width: 8, mean: backbone.mean, input: { type: 'float32' } },
      provenance: {
        kind: 'measured',
        on: '48 training and 12 validation photos of version-1',
        by: expect.stringMatching(/^tfjs.* on features of LiteRT/),
      },
    });
    expect(readFileSync(models.file(model))).toHaveLength(model.bytes);
    expect(epochs.map(({ record }) => record)).toEqual(model.training?.epochs);
    expect(epochs[0]).toMatchObject({ jobId: 'job-1', epochs: 20 });
    expect(job.steps).toContain('Computing features of training photos');
    expect(job.steps.at(-1)).toBe('Checking the file against the trainer');
  });

  it('computes only what is missing the second time, and names the model apart', async () => {
    const { start, models, context } = setUp();
    await (await start({ epochs: 2 })).run();
    const again = await start({ epochs: 2 });
    await again.run();
    expect(again.steps.some((step) => step.startsWith('Computing'))).toBe(false);
    expect(models.list().map(({ name }) => name)).toEqual([
      'Small · 3 classes (2)',
      'Small · 3 classes',
    ]);
    const mirrored = await start({ epochs: 2, mirror: true });
    await mirrored.run();
    expect(mirrored.steps).toContain('Computing features of training photos');
    expect(mirrored.steps).not.toContain('Computing features of validation photos');
    expect(readdirSync(context.modelsFolder)).toHaveLength(9);
  });

  it('gives the same weights when resumed with what it was given', async () => {
    const { start, models } = setUp();
    const job = await start();
    const first = await job.run();
    const second = await job.run();
    const [newer, older] = [second, first].map(({ modelId }) => models.get(modelId ?? ''));
    expect(newer?.id).not.toBe(older?.id);
    expect(newer?.sha256).toBe(older?.sha256);
  });

  it('refuses at once what can’t be trained on', async () => {
    const { start, jobs } = setUp({ photos: 3 });
    await expect(start()).rejects.toMatchObject({ code: 'not-ready' });
    await expect(start({ backbone: 'none' })).rejects.toMatchObject({ code: 'not-found' });
    expect(jobs.started).toEqual([]);
  });

  it('looks again when its turn comes', async () => {
    const { start, dataset, models } = setUp();
    const job = await start();
    dataset.previewVersion = () => ({ labels: ['red'], photos: versionPhotos('train', 1, 5, 1) });
    await expect(job.run()).rejects.toMatchObject({ code: 'not-ready' });
    expect(models.list()).toEqual([]);
  });

  it('names photos that went missing or can’t be read', async () => {
    const { start, dataset, jobs } = setUp();
    const source = dataset.files.get(2);
    dataset.files.delete(2);
    await expect((await start()).run()).rejects.toMatchObject({
      code: 'photo-unreadable',
      message: "1 of the 60 photos to train on can't be found.",
    });
    if (source) dataset.files.set(2, { ...source, sha256: 'f'.repeat(64) });
    await expect((await start()).run()).rejects.toMatchObject({
      code: 'photo-unreadable',
      message: "A photo to train on can't be read: 2.jpg.",
    });
    expect(jobs.last().log).toEqual([expect.stringContaining('/photos/2.jpg')]);
  });

  it('removes the file of a task that broke off', async () => {
    const { start, models, context } = setUp({
      train: async ({ outputFile }) => {
        writeFileSync(outputFile, 'half');
        throw new Error('The thread ended');
      },
    });
    await expect((await start()).run()).rejects.toThrow('The thread ended');
    expect(models.list()).toEqual([]);
    expect(readdirSync(context.modelsFolder)).toEqual([]);
  });

  it.each(['features', 'epoch', 'checking'])(
    'leaves nothing behind when cancelled during %s',
    async (when) => {
      const stopAt = (step: string) => {
        if (step === when) studio.jobs.last().cancel();
      };
      const studio = setUp({
        onFeatures: () => stopAt('features'),
        onReport: ({ step }) => stopAt(step),
      });
      const job = await studio.start();
      await expect(job.run()).rejects.toMatchObject({ code: 'cancelled' });
      expect(studio.models.list()).toEqual([]);
      expect(readdirSync(studio.context.modelsFolder)).toEqual([]);
    },
  );
});

describe('training.stopAndKeepBest', () => {
  it('ends after the epoch that runs and keeps the model', async () => {
    const studio = setUp({
      onReport: (progress) => {
        if (progress.step !== 'epoch' || progress.record.epoch !== 2) return;
        void studio.handlers['training.stopAndKeepBest']({ jobId: 'job-1' }, call);
      },
    });
    const { modelId } = await (await studio.start()).run();
    const { training } = studio.models.get(modelId ?? '');
    expect(training?.stopped).toBe('by-user');
    expect(training?.epochs).toHaveLength(2);
  });

  it('refuses while there is nothing to keep', async () => {
    const { handlers, start } = setUp();
    const stop = async () => handlers['training.stopAndKeepBest']({ jobId: 'job-1' }, call);
    const job = await start({ epochs: 1 });
    await expect(stop()).rejects.toMatchObject({ code: 'not-found' });
    await job.run();
    await expect(stop()).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('training.readiness', () => {
  it('tells counts, features at hand and what would train', async () => {
    const { handlers, backbone, start } = setUp();
    const before = await handlers['training.readiness']({ backbone: backbone.name }, call);
    expect(before).toMatchObject({
      ready: true,
      counts: { train: 48, validation: 12, test: 6 },
      features: { done: 0, total: 66 },
      engine: { name: expect.stringMatching(/^tfjs/) },
    });
    await (await start({ epochs: 1 })).run();
    const after = await handlers['training.readiness']({ backbone: backbone.name }, call);
    expect(after.features).toEqual({ done: 60, total: 66 });
  });

  it('is not ready while something blocks, and says what', async () => {
    const { handlers, backbone, dataset } = setUp();
    dataset.previewVersion = () => ({ labels: [], photos: [] });
    const readiness = await handlers['training.readiness']({ backbone: backbone.name }, call);
    expect(readiness.ready).toBe(false);
    expect(readiness.problems).toEqual([
      expect.objectContaining({ blocking: true, remedy: expect.stringContaining('about 20') }),
    ]);
  });
});

describe('training.backbones', () => {
  it('lists them', async () => {
    const { handlers, backbone } = setUp();
    expect(await handlers['training.backbones']({}, call)).toEqual({ backbones: [backbone] });
  });
});
