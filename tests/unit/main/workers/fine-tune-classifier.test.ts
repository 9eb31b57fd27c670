import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readTflite } from '@main/engine/graph/read-tflite';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { type CacheStore, openCacheStore } from '@main/platform/cache-store';
import { answerPhotos } from '@main/workers/answer-photos';
import { describeFineTuning } from '@main/workers/describe-fine-tuning';
import { fineTuneClassifier } from '@main/workers/fine-tune-classifier';
import type { TaskContext } from '@main/workers/task-context';
import type { TaskInput, TaskProgress } from '@main/workers/tasks';
import { AppError } from '@shared/api/errors';
import { type Backbone, backboneRecipe } from '@shared/domain/backbone';
import { fineTuningSchema } from '@shared/domain/fine-tuning';
import { trainingSettingsSchema } from '@shared/domain/model';
import { createTaskContext } from '../../../fakes/fake-task-context';
import { createInlineTuner } from '../../../fakes/inline-tuner';
import {
  cacheSmallPhotos,
  type SmallPhoto,
  writeSmallBackbone,
} from '../../../fixtures/small-backbone';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

type Context = TaskContext<'fine-tune-classifier'>;
type Progress = TaskProgress<'fine-tune-classifier'>;

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

let store: CacheStore;
let backbone: Backbone;
let backboneFile: string;
let folder: string;
let photos: SmallPhoto[];
let stopFlag: SharedArrayBuffer;

beforeEach(() => {
  folder = temporaryFolder();
  store = openCacheStore(join(folder, 'cache.sqlite'));
  const opened = store;
  onTestFinished(() => opened.close());
  ({ backbone, file: backboneFile } = writeSmallBackbone(folder, 5, 2));
  photos = cacheSmallPhotos(store, backbone, 40);
  stopFlag = new SharedArrayBuffer(4);
});

const checkpoint = () => join(folder, 'training.checkpoint');
const output = () => join(folder, 'model.tflite.part');

function tune(fineTuning: object = {}, context: Partial<Context> = {}, belongsTo = 'this') {
  const input: TaskInput<'fine-tune-classifier'> = {
    photos,
    labels: ['red', 'green', 'blue'],
    backbone,
    backboneFile,
    recipe: backboneRecipe(backbone),
    settings: trainingSettingsSchema.parse({
      epochs: 2,
      learningRate: 0.01,
      fineTuning: fineTuningSchema.parse({
        blocks: 1,
        epochs: 4,
        batchSize: 8,
        learningRate: 0.02,
        augmentation: { flip: true, crop: 0.1, rotate: 0, color: 0.1, blur: 0 },
        ...fineTuning,
      }),
    }),
    cacheFile: '',
    outputFile: output(),
    stopFlag,
    checkpointFile: checkpoint(),
    belongsTo,
  };
  return fineTuneClassifier(
    input,
    createTaskContext(runtime, { cache: () => store, tuner: createInlineTuner, ...context }),
  );
}

/** Cancels when the fine-tuning comes to the end of this epoch. */
function cancelAfter(epoch: number): Partial<Context> {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    report(progress: Progress) {
      if (progress.step === 'epoch' && progress.record.epoch === 2 + epoch) controller.abort();
    },
  };
}

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

describe('fineTuneClassifier', () => {
  it('writes a file that answers as the trainer did and is better than the head alone', async () => {
    const steps: Progress[] = [];
    const result = await tune(
      { epochs: 24, learningRate: 0.05, patience: 0 },
      { report: (progress) => void steps.push(progress) },
    );
    expect(result.check.photos).toBe(32);
    expect(result.check.largestDifference).toBeLessThan(1e-5);
    expect(result.sha256).toBe(hashOf(output()));
    expect(result.fineTuning).toEqual({
      headEpochs: 2,
      resumed: 0,
      // Depthwise, mix, and the head of 8 features.
      weights: 8 * 9 + 8 + 8 * 8 + 8 + 3 * 8 + 3,
    });
    expect(result.epochs).toHaveLength(26);
    const [headOnly, best] = [result.epochs[1], result.epochs[result.bestEpoch - 1]];
    expect(best!.validationLoss).toBeLessThan(headOnly!.validationLoss * 0.9);
    const views = result.epochs.map(({ viewLoss }) => viewLoss ?? Number.POSITIVE_INFINITY);
    expect(result.bestEpoch).toBe(views.indexOf(Math.min(...views)) + 1);
    const epochs = steps.filter(({ step }) => step === 'epoch');
    expect(epochs).toEqual(
      // The best of the head’s epochs is judged once more afterwards.
      result.epochs.map(({ viewLoss: _, viewAccuracy: __, ...record }) =>
        expect.objectContaining({
          record: expect.objectContaining(record),
          epochs: 26,
          engine: expect.stringMatching(/^tfjs/),
        }),
      ),
    );
    expect(steps).toContainEqual({ step: 'tuning', done: 120, total: 120 });
    expect(steps.at(-1)).toEqual({ step: 'checking', done: 32, total: 32 });
    const kinds = readTflite(readFileSync(output())).operators.map(({ kind }) => kind);
    expect(kinds).not.toContain('DROPOUT');
  });

  it('measures an accuracy that the written file really has', async () => {
    const { accuracy, preprocessing } = await tune();
    for (const split of ['train', 'validation'] as const) {
      const ofSplit = photos.filter((photo) => photo.split === split);
      const { probabilities } = await answerPhotos(
        { modelFile: output(), preprocessing, photos: ofSplit, cacheFile: '' },
        createTaskContext(runtime, { cache: () => store }),
      );
      const right = ofSplit.filter(({ labelIndex }, row) => {
        const answers = probabilities.subarray(row * 3, row * 3 + 3);
        return answers.indexOf(Math.max(...answers)) === labelIndex;
      });
      expect(accuracy[split]).toBe(right.length / ofSplit.length);
    }
  });

  it.each([1, 3])('resumed after epoch %i, ends with the same bytes', async (epoch) => {
    const whole = await tune();
    writeFileSync(checkpoint(), 'no checkpoint any more');
    await expect(tune({}, cancelAfter(epoch))).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(output())).toBe(false);

    const steps: Progress[] = [];
    const resumed = await tune({}, { report: (progress) => void steps.push(progress) });
    expect(steps[0]).toEqual({ step: 'resumed', epoch });
    expect(steps.filter(({ step }) => step === 'epoch')).toHaveLength(6);
    expect(resumed.fineTuning.resumed).toBe(1);
    expect(resumed.epochs).toEqual(whole.epochs);
    expect(resumed.sha256).toBe(whole.sha256);
  });

  it.each([
    ['of another training', () => undefined, 'another'],
    [
      'that was cut short',
      () => writeFileSync(checkpoint(), readFileSync(checkpoint()).subarray(0, -7)),
      'this',
    ],
    ['that is none', () => writeFileSync(checkpoint(), 'nothing of the kind'), 'this'],
  ])('begins anew with a checkpoint %s', async (_, spoil, belongsTo) => {
    await expect(tune({}, cancelAfter(1))).rejects.toMatchObject({ code: 'cancelled' });
    spoil();
    const result = await tune({ epochs: 1 }, {}, belongsTo);
    expect(result.fineTuning.resumed).toBe(0);
    expect(result.epochs).toHaveLength(3);
  });

  it('stops when asked to and writes the best', async () => {
    const { stopped, epochs } = await tune(
      {},
      {
        report(progress: Progress) {
          if (progress.step === 'tuning') Atomics.store(new Int32Array(stopFlag), 0, 1);
        },
      },
    );
    expect(stopped).toBe('by-user');
    expect(epochs).toHaveLength(3);
    expect(existsSync(output())).toBe(true);
  });

  it('computes photos once when they look the same each time, and anew when not', async () => {
    let runs = 0;
    const counting: typeof runtime = {
      ...runtime,
      async load(file) {
        const model = await runtime.load(file);
        if (model.outputs[0]?.shape.length !== 4) return model;
        return { ...model, run: (inputs) => ((runs += 1), model.run(inputs)) };
      },
    };
    const none = { flip: false, crop: 0, rotate: 0, color: 0, blur: 0, cutout: 0 };
    const context = { runtime: () => Promise.resolve(counting) };
    await tune({ augmentation: none }, context);
    expect(runs).toBe(40);
    runs = 0;
    await tune({ augmentation: { ...none, flip: true } }, context, 'mirrored');
    const learned = photos.filter(({ split }) => split === 'train').length;
    expect(runs).toBeGreaterThan(40);
    expect(runs).toBeLessThanOrEqual(40 + learned);
    runs = 0;
    await tune({ augmentation: { ...none, rotate: 10 } }, context, 'turned');
    // Validation photos are seen as they are and in two views.
    expect(runs).toBe(40 + 2 * (40 - learned) + 4 * learned);
  });

  it('refuses more blocks than there are', async () => {
    await expect(tune({ blocks: 3 })).rejects.toMatchObject({
      code: 'bad-request',
      remedy: 'Choose at most 2.',
    });
  });
});

describe('describeFineTuning', () => {
  it('counts blocks and names what would train them', async () => {
    const described = await describeFineTuning(
      { backbone, backboneFile },
      createTaskContext(runtime, { tuner: createInlineTuner }),
    );
    const block = 8 * 9 + 8 + 8 * 8 + 8;
    expect(described).toEqual({
      blocks: [
        { blocks: 1, weights: block },
        { blocks: 2, weights: 2 * block },
      ],
      engine: 'tfjs JavaScript',
    });
  });

  it('says what is missing', async () => {
    const missing = new AppError('not-ready', 'It is not here.', 'Build it.');
    const described = await describeFineTuning(
      { backbone, backboneFile },
      createTaskContext(runtime, { tuner: () => Promise.reject(missing) }),
    );
    expect(described).toMatchObject({
      missing: { message: 'It is not here.', remedy: 'Build it.' },
    });
    expect(described.engine).toBeUndefined();
  });
});
