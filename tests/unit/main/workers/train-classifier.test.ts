import { existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readTflite } from '@main/engine/graph/read-tflite';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { type CacheStore, openCacheStore } from '@main/platform/cache-store';
import { createBackbones } from '@main/services/training/backbones';
import { answerPhotos } from '@main/workers/answer-photos';
import type { TaskContext } from '@main/workers/task-context';
import type { TaskInput, TaskProgress } from '@main/workers/tasks';
import { trainClassifier } from '@main/workers/train-classifier';
import { type Backbone, backboneRecipe } from '@shared/domain/backbone';
import { trainingSettingsSchema } from '@shared/domain/model';
import { createTaskContext } from '../../../fakes/fake-task-context';
import {
  cacheSmallPhotos,
  type SmallPhoto,
  writeSmallBackbone,
} from '../../../fixtures/small-backbone';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

let store: CacheStore;
let backbone: Backbone;
let backboneFile: string;
let outputFile: string;
let photos: SmallPhoto[];
let stopFlag: SharedArrayBuffer;

beforeEach(() => {
  const folder = temporaryFolder();
  store = openCacheStore(join(folder, 'cache.sqlite'));
  const opened = store;
  onTestFinished(() => opened.close());
  ({ backbone, file: backboneFile } = writeSmallBackbone(folder));
  photos = cacheSmallPhotos(store, backbone, 60);
  outputFile = join(folder, 'model.tflite.part');
  stopFlag = new SharedArrayBuffer(4);
});

type Context = TaskContext<'train-classifier'>;

function train(settings: object = {}, context: Partial<Context> = {}, used: Runtime = runtime) {
  const input: TaskInput<'train-classifier'> = {
    photos,
    labels: ['red', 'green', 'blue'],
    backbone,
    backboneFile,
    recipe: backboneRecipe(backbone),
    settings: trainingSettingsSchema.parse({ epochs: 30, learningRate: 0.05, ...settings }),
    cacheFile: '',
    outputFile,
    stopFlag,
  };
  return trainClassifier(input, createTaskContext(used, { cache: () => store, ...context }));
}

describe('trainClassifier', () => {
  it.each([
    ['a softmax layer', {}],
    ['a hidden layer', { hiddenUnits: 6 }],
    ['mirrored views', { mirror: true }],
  ])('writes a file that answers as the trainer did, with %s', async (_, settings) => {
    const result = await train(settings);
    expect(result.check.photos).toBe(32);
    expect(result.check.largestDifference).toBeLessThan(1e-5);
    expect(result.runtime).toBe(runtime.name);

    const bytes = readFileSync(outputFile);
    expect(result.bytes).toBe(bytes.length);
    expect(result.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    const kinds = readTflite(bytes).operators.map(({ kind }) => kind);
    expect(kinds).not.toContain('DROPOUT');
    expect(kinds.at(-1)).toBe('SOFTMAX');
    expect(result.changes.map(({ pass }) => pass)).toContain('strip-identity');
  });

  it('measures an accuracy that the written file really has', async () => {
    const { accuracy, preprocessing } = await train();
    for (const split of ['train', 'validation'] as const) {
      const ofSplit = photos.filter((photo) => photo.split === split);
      const { probabilities } = await answerPhotos(
        { modelFile: outputFile, preprocessing, photos: ofSplit, cacheFile: '' },
        createTaskContext(runtime, { cache: () => store }),
      );
      const right = ofSplit.filter(({ labelIndex }, row) => {
        const answers = probabilities.subarray(row * 3, row * 3 + 3);
        return answers.indexOf(Math.max(...answers)) === labelIndex;
      });
      expect(accuracy[split]).toBe(right.length / ofSplit.length);
    }
    expect(accuracy.validation).toBeGreaterThan(0.8);
  });

  it('reports each epoch, writing and checking', async () => {
    const steps: TaskProgress<'train-classifier'>[] = [];
    const { engine, epochs } = await train(
      { epochs: 3 },
      { report: (progress) => void steps.push(progress) },
    );
    expect(steps.slice(0, 3)).toEqual(
      epochs.map((record) => ({
        step: 'epoch',
        record,
        bestEpoch: expect.any(Number),
        epochs: 3,
        engine,
      })),
    );
    expect(steps[3]).toEqual({ step: 'writing' });
    expect(steps.at(-1)).toEqual({ step: 'checking', done: 32, total: 32 });
  });

  it('stops when asked to and still writes the best', async () => {
    const { stopped, epochs } = await train(
      {},
      {
        report: ({ step }) => {
          if (step === 'epoch') Atomics.store(new Int32Array(stopFlag), 0, 1);
        },
      },
    );
    expect(stopped).toBe('by-user');
    expect(epochs).toHaveLength(1);
    expect(existsSync(outputFile)).toBe(true);
  });

  it.each(['epoch', 'checking'] as const)(
    'leaves no file when cancelled while %s',
    async (when) => {
      const controller = new AbortController();
      const run = train(
        {},
        {
          signal: controller.signal,
          report: ({ step }) => {
            if (step === when) controller.abort();
          },
        },
      );
      await expect(run).rejects.toMatchObject({ code: 'cancelled' });
      expect(existsSync(outputFile)).toBe(false);
    },
  );

  it.each([
    ['by a little', (value: number) => value + 2e-4],
    ['with what is no number', () => Number.NaN],
  ])('refuses and removes a file that answers differently %s', async (_, change) => {
    const wrong: Runtime = {
      ...runtime,
      async load(file) {
        const model = await runtime.load(file);
        if (model.outputs[0]?.name !== 'probabilities') return model;
        return {
          ...model,
          run: async (inputs) => {
            const [answer] = await model.run(inputs);
            return [Float32Array.from(answer ?? [], change)];
          },
        };
      },
    };
    await expect(train({ epochs: 2 }, {}, wrong)).rejects.toMatchObject({ code: 'model-broken' });
    expect(existsSync(outputFile)).toBe(false);
  });

  it('joins a head to the backbone that ships, whose weights are float16', async () => {
    const backbones = createBackbones(
      fileURLToPath(new URL('../../../../resources', import.meta.url)),
    );
    backbone = backbones.get('efficientnet-lite0');
    backboneFile = backbones.file(backbone);
    photos = cacheSmallPhotos(store, backbone, 15);
    const result = await train({ epochs: 2 });
    expect(result.check.photos).toBe(15);
    expect(result.check.largestDifference).toBeLessThan(1e-5);
    expect(result.changes.map(({ pass }) => pass)).toContain('widen-float16');
  });

  it('trains on mirrored views only where they are asked for', async () => {
    const [plain, again, mirrored] = [
      await train({ epochs: 2 }),
      await train({ epochs: 2 }),
      await train({ epochs: 2, mirror: true }),
    ];
    expect(again.sha256).toBe(plain.sha256);
    expect(mirrored.sha256).not.toBe(plain.sha256);
  });

  it('does not look at test photos', async () => {
    const unreadable = { ...photos[0], sha256: 'f'.repeat(64), split: 'test' } as SmallPhoto;
    photos = [unreadable, ...photos];
    expect((await train({ epochs: 1 })).epochs).toHaveLength(1);
  });

  it('says which photos it could not read', async () => {
    photos = photos.map((photo, index) =>
      index === 3 ? { ...photo, sha256: 'f'.repeat(64) } : photo,
    );
    await expect(train()).rejects.toMatchObject({
      code: 'photo-unreadable',
      message: expect.stringMatching(/^A photo of this training can’t be read: \/nowhere\/4\.jpg/),
    });
  });
});
