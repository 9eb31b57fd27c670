import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { createCheckpoints } from '@main/platform/checkpoints';
import { createModelLibrary } from '@main/services/models/model-library';
import { createFineTuningService } from '@main/services/training/fine-tuning-service';
import { createTrainingService } from '@main/services/training/training-service';
import { describeFineTuning } from '@main/workers/describe-fine-tuning';
import { extractFeatures } from '@main/workers/extract-features';
import { fineTuneClassifier } from '@main/workers/fine-tune-classifier';
import { previewAugmentation } from '@main/workers/preview-augmentation';
import type { TaskContext, TaskImplementation } from '@main/workers/task-context';
import type { TaskName, TaskProgress } from '@main/workers/tasks';
import type { CallContext, EventPayload } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import { fineTuningSchema, noAugmentation } from '@shared/domain/fine-tuning';
import { trainingSettingsSchema } from '@shared/domain/model';
import { createFakeBackbones } from '../../../../fakes/fake-backbones';
import {
  createFakeDataset,
  createFakeVersion,
  versionPhotos,
} from '../../../../fakes/fake-dataset';
import { createFakeJobs } from '../../../../fakes/fake-jobs';
import { createFakeProject } from '../../../../fakes/fake-project';
import { createInlineTuner } from '../../../../fakes/inline-tuner';
import { cacheSmallPhotos, writeSmallBackbone } from '../../../../fixtures/small-backbone';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

const call: CallContext = { signal: new AbortController().signal };

interface Options {
  onReport?(progress: TaskProgress<'fine-tune-classifier'>): void;
  tuner?: TaskContext<TaskName>['tuner'];
}

function setUp({ onReport, tuner = createInlineTuner }: Options = {}) {
  const lend =
    <Name extends TaskName>(
      task: TaskImplementation<Name>,
      listen: (progress: TaskProgress<Name>) => void = () => undefined,
    ): TaskImplementation<Name> =>
    (input, context: TaskContext<Name>) =>
      task(input, {
        ...context,
        runtime: () => Promise.resolve(runtime),
        tuner,
        report(progress) {
          context.report(progress);
          listen(progress);
        },
      });
  const { backbone, file } = writeSmallBackbone(temporaryFolder(), 5, 2);
  const epochs: EventPayload<'training.epoch'>[] = [];
  const project = createFakeProject(
    {
      'extract-features': lend(extractFeatures),
      'fine-tune-classifier': lend(fineTuneClassifier, onReport),
      'describe-fine-tuning': lend(describeFineTuning),
      'preview-augmentation': lend(previewAugmentation),
    },
    {
      emit(name, payload) {
        if (name === 'training.epoch') epochs.push(payload as EventPayload<'training.epoch'>);
      },
    },
  );
  const { context } = project;
  const trained = cacheSmallPhotos(context.cache, backbone, 40);
  const tested = versionPhotos('test', 1000, 6, 3);
  const labels = ['red', 'green', 'blue'];
  const dataset = createFakeDataset([
    createFakeVersion([...trained, ...tested], { labels }),
    createFakeVersion([...trained.slice(0, 30), ...tested], { id: 'version-2', labels }),
  ]);
  const jobs = createFakeJobs();
  const { models } = createModelLibrary(context);
  const backbones = { ...createFakeBackbones([backbone]), file: () => file };
  const fineTuning = createFineTuningService({ context, dataset, backbones });
  const { handlers } = createTrainingService({
    ...{ context, jobs, dataset, models, backbones, fineTuning },
  });
  const settings = trainingSettingsSchema.parse({
    backbone: backbone.name,
    epochs: 2,
    learningRate: 0.01,
    fineTuning: fineTuningSchema.parse({ blocks: 1, epochs: 3, batchSize: 8, patience: 0 }),
  });
  return {
    ...{ ...project, dataset, jobs, models, handlers, fineTuning, backbone, epochs, settings },
    checkpoints: () => readdirSync(join(context.modelsFolder, 'unfinished')),
    async start() {
      await handlers['training.start']({ settings }, call);
      return jobs.last();
    },
  };
}

describe('a fine-tuning', () => {
  it('makes a model that says what was trained, and leaves no checkpoint', async () => {
    const { start, models, epochs, checkpoints } = setUp();
    const job = await start();
    expect(job.title).toBe('Fine-tuning Small on 34 photos');
    const { modelId } = await job.run();
    const model = models.get(modelId ?? '');
    expect(model).toMatchObject({
      name: 'Small · 3 classes · last block',
      precision: 'float32',
      versionId: 'version-1',
      training: {
        settings: { fineTuning: { blocks: 1 }, seed: 1 },
        fineTuning: { headEpochs: 2, resumed: 0 },
        check: { photos: 32 },
      },
      provenance: { by: expect.stringMatching(/^tfjs.* on features of LiteRT/) },
    });
    expect(epochs.map(({ epochs: of, record }) => [record.epoch, of])).toEqual([
      ...[1, 2, 3, 4, 5].map((epoch) => [epoch, 5]),
    ]);
    expect(job.steps).toContain('Fine-tuning');
    expect([job.done, job.total]).toEqual([32, 32]);
    expect(checkpoints()).toEqual([]);
  });

  it('that was cancelled goes on where it was, on the photos it began with', async () => {
    let cancelAt: number | undefined = 4;
    const studio = setUp({
      onReport(progress) {
        if (progress.step === 'epoch' && progress.record.epoch === cancelAt) {
          studio.jobs.last().cancel();
        }
      },
    });
    const job = await studio.start();
    await expect(job.run()).rejects.toMatchObject({ code: 'cancelled' });
    expect(studio.models.list()).toEqual([]);
    expect(studio.checkpoints()).toHaveLength(1);

    // What a restart knows: the parameters of the job. Meanwhile photos were labeled.
    cancelAt = undefined;
    studio.dataset.freezeVersion = () => studio.dataset.version('version-2');
    studio.dataset.previewVersion = () => ({ labels: [], photos: [] });
    studio.jobs.start('train', job.title, job.parameters);
    const again = studio.jobs.last();
    const { modelId } = await again.run();
    expect(again.log).toEqual(['Goes on after epoch 2 of the fine-tuning.']);
    const { versionId, training } = studio.models.get(modelId ?? '');
    expect(versionId).toBe('version-1');
    expect(training?.fineTuning?.resumed).toBe(1);
    expect(training?.epochs).toHaveLength(5);
    expect(studio.checkpoints()).toEqual([]);
  });

  it('is refused at once where nothing would train it, or with too many blocks', async () => {
    const missing = new AppError('not-ready', 'Nothing trains here.', 'Build it.');
    const without = setUp({ tuner: () => Promise.reject(missing) });
    await expect(without.start()).rejects.toMatchObject({ code: 'not-ready', remedy: 'Build it.' });
    expect(without.jobs.started).toEqual([]);
    const studio = setUp();
    const fineTuning = fineTuningSchema.parse({ blocks: 9 });
    const start = studio.handlers['training.start'];
    await expect(
      start({ settings: { ...studio.settings, fineTuning } }, call),
    ).rejects.toMatchObject({ code: 'bad-request', remedy: 'Choose at most 2.' });
  });
});

describe('what may be fine-tuned', () => {
  it('is asked again only while something is missing', async () => {
    const missing = new AppError('not-ready', 'Nothing trains here.');
    let tries = 0;
    const { fineTuning, backbone } = setUp({
      tuner: () => (++tries === 1 ? Promise.reject(missing) : createInlineTuner()),
    });
    const ask = async () =>
      fineTuning.handlers['fineTuning.options']({ backbone: backbone.name }, call);
    expect((await ask()).missing?.message).toBe('Nothing trains here.');
    expect((await ask()).engine).toBe('tfjs JavaScript');
    expect((await ask()).blocks).toHaveLength(2);
    expect(tries).toBe(2);
  });

  it('is shown on training photos of all labels first', async () => {
    const { fineTuning, dataset } = setUp();
    const { photoIds } = await fineTuning.handlers['fineTuning.previewPhotos'](
      { count: 3, seed: 5 },
      call,
    );
    const photos = dataset.version('version-1').photos;
    const chosen = photoIds.map((id) => photos.find(({ photoId }) => photoId === id));
    expect(new Set(chosen.map((photo) => photo?.labelIndex)).size).toBe(3);
    expect(chosen.every((photo) => photo?.split === 'train')).toBe(true);
  });

  it('shows a photo of the project alone, changed by seed and epoch', async () => {
    const { fineTuning, backbone } = setUp();
    const augmentation = { ...noAugmentation, color: 0.5 };
    const photo = { photoId: 3, backbone: backbone.name, seed: 1, epoch: 1, augmentation };
    const first = await fineTuning.augmentedPhoto(photo);
    expect([...first.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    expect(await fineTuning.augmentedPhoto(photo)).toEqual(first);
    expect(await fineTuning.augmentedPhoto({ ...photo, epoch: 2 })).not.toEqual(first);
    await expect(fineTuning.augmentedPhoto({ ...photo, photoId: 999 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

it('keeps the newest three checkpoints', async () => {
  const folder = temporaryFolder();
  const checkpoints = createCheckpoints(folder);
  for (let number = 1; number <= 5; number += 1) {
    const file = checkpoints.file(await checkpoints.begin());
    writeFileSync(file, String(number));
    utimesSync(file, number, number);
  }
  const newest = await checkpoints.begin();
  expect(readdirSync(join(folder, 'unfinished'))).toHaveLength(3);
  expect(existsSync(checkpoints.file(newest))).toBe(false);
});
