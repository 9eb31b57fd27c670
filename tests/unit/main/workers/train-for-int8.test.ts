import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Graph } from '@main/engine/graph/graph';
import { attachMetadata } from '@main/engine/graph/model-metadata';
import { readTflite } from '@main/engine/graph/read-tflite';
import { createClassifier } from '@main/engine/runtime/classifier';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { modelInputKey } from '@main/platform/cache-kinds';
import { openCacheStore } from '@main/platform/cache-store';
import { quantizeModel } from '@main/workers/quantize-model';
import type { TaskContext } from '@main/workers/task-context';
import type { LabeledPhoto, TaskInput, TaskProgress } from '@main/workers/tasks';
import { topAnswer } from '@shared/domain/comparison-math';
import { quantizationSettingsSchema } from '@shared/domain/model';
import { createTaskContext } from '../../../fakes/fake-task-context';
import { createInlineTuner } from '../../../fakes/inline-tuner';
import { smallClassifier, smallContract, smallPhotos } from '../../../fixtures/small-classifier';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

const preprocessing = smallContract();

type Context = TaskContext<'quantize-model'>;

/** Photos labeled as the float model answers, but for one of its labels: there is something to learn. */
async function prepare(aware: object | undefined, settings: object = {}) {
  const folder = temporaryFolder();
  const cacheFile = join(folder, 'cache.sqlite');
  const cache = openCacheStore(cacheFile);
  onTestFinished(() => cache.close());
  const modelFile = join(folder, 'model-1.tflite');
  const about = { name: 'Colors', description: '', author: '', license: '', preprocessing };
  const file = attachMetadata(smallClassifier(), about);
  writeFileSync(modelFile, file);
  const model = await runtime.load(file);
  const classify = createClassifier(model, preprocessing);
  const photos: LabeledPhoto[] = [];
  for (const [index, pixels] of smallPhotos(80).entries()) {
    const sha256 = createHash('sha256').update(pixels).digest('hex');
    cache.put('input', modelInputKey(sha256, preprocessing), pixels);
    const answer = topAnswer(await classify(pixels));
    photos.push({
      photoId: index + 1,
      sha256,
      path: join(folder, 'no-such-photo.jpg'),
      labelIndex: answer === 3 ? 2 : answer,
      split: index < 50 ? 'train' : 'validation',
    });
  }
  model.dispose();
  const input: TaskInput<'quantize-model'> = {
    modelFile,
    preprocessing,
    settings: quantizationSettingsSchema.parse({ io: 'float32', aware, ...settings }),
    calibration: photos.slice(0, 40),
    checks: photos.slice(50),
    learned: photos,
    cacheFile,
    outputFile: join(folder, 'model-2.tflite'),
  };
  const steps: TaskProgress<'quantize-model'>[] = [];
  const run = (changes: Partial<Context> = {}) =>
    quantizeModel(
      input,
      createTaskContext<'quantize-model'>(runtime, {
        cache: () => cache,
        tuner: createInlineTuner,
        report: (progress) => void steps.push(progress),
        ...changes,
      }),
    );
  return { input, steps, run };
}

const bytesOf = (graph: Graph, name: string) =>
  Buffer.from(graph.tensors.find((tensor) => tensor.name === name)?.data ?? []).toString('hex');

describe('training for int8', () => {
  it.each([
    [0, ['logits/kernel'], ['first/kernel', 'second/kernel']],
    [1, ['logits/kernel', 'second/kernel'], ['first/kernel']],
  ])(
    'of %i blocks changes those and the head alone, and says what it was worth',
    async (blocks, changed, same) => {
      const { input, run, steps } = await prepare({ blocks, epochs: 6, learningRate: 0.01 });
      const { aware, check } = await run();
      expect(aware).toMatchObject({
        engine: expect.stringMatching(/^tfjs/),
        photos: 30,
        weights: blocks === 0 ? 36 : 36 + 80,
      });
      expect(aware!.bestEpoch).toBeGreaterThan(1);
      expect(aware!.accuracy.aware).toBeGreaterThanOrEqual(aware!.accuracy.plain);
      expect(check.photos).toBe(30);
      expect(steps).toContainEqual({ step: 'learning', done: 24, total: 24 });
      const trained = readTflite(readFileSync(input.outputFile));
      const plain = await prepare(undefined);
      await plain.run();
      const untrained = readTflite(readFileSync(plain.input.outputFile));
      for (const name of changed) expect(bytesOf(trained, name)).not.toBe(bytesOf(untrained, name));
      for (const name of same) expect(bytesOf(trained, name)).toBe(bytesOf(untrained, name));
    },
  );

  it('leaves the file as rounding makes it when no epoch is better', async () => {
    const { input, run } = await prepare({ epochs: 2, learningRate: 1e-12 });
    const { aware } = await run();
    const plain = await prepare(undefined);
    await plain.run();
    if (aware?.bestEpoch === 1) {
      const graphs = [input, plain.input].map(({ outputFile }) =>
        readTflite(readFileSync(outputFile)),
      );
      expect(bytesOf(graphs[0]!, 'logits/bias')).toBe(bytesOf(graphs[1]!, 'logits/bias'));
    }
    expect(aware?.accuracy.aware).toBe(aware?.accuracy.plain);
  });

  it('measures accuracies that the files really have', async () => {
    const { input, run } = await prepare({ epochs: 3, learningRate: 0.01 });
    const { aware, preprocessing: contract } = await run();
    const model = await runtime.load(readFileSync(input.outputFile));
    const classify = createClassifier(model, contract);
    const photos = smallPhotos(80).slice(50);
    let right = 0;
    for (const [index, pixels] of photos.entries()) {
      if (topAnswer(await classify(pixels)) === input.learned?.[50 + index]?.labelIndex) right += 1;
    }
    model.dispose();
    expect(aware?.accuracy.aware).toBe(right / 30);
  });

  it('ends when cancelled, with no file', async () => {
    const { input, run } = await prepare({ epochs: 50 });
    const controller = new AbortController();
    const cancelled = run({
      signal: controller.signal,
      report: ({ step }) => {
        if (step === 'learning') controller.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(input.outputFile)).toBe(false);
  });

  it('does not go with layers kept in float, nor without photos', async () => {
    const kept = await prepare({}, { keepFloat: ['second'] });
    await expect(kept.run()).rejects.toMatchObject({ code: 'bad-request' });
    const { input, run } = await prepare({});
    input.learned = input.learned?.filter(({ split }) => split === 'train');
    await expect(run()).rejects.toMatchObject({
      code: 'not-ready',
      message: 'There is no photo of the validation split to train for int8 with.',
    });
  });
});
