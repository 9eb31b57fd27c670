import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attachMetadata, readMetadata } from '@main/engine/graph/model-metadata';
import { precisionOf } from '@main/engine/graph/precision-of';
import { readTflite } from '@main/engine/graph/read-tflite';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { modelInputKey } from '@main/platform/cache-kinds';
import { openCacheStore } from '@main/platform/cache-store';
import { quantizeModel } from '@main/workers/quantize-model';
import type { TaskContext } from '@main/workers/task-context';
import type { PhotoSource, TaskInput, TaskProgress } from '@main/workers/tasks';
import { quantizationSettingsSchema } from '@shared/domain/model';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createTaskContext } from '../../../fakes/fake-task-context';
import {
  smallClassifier,
  smallContract,
  smallLabels,
  smallPhotos,
} from '../../../fixtures/small-classifier';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createWasmRuntime();
});
afterAll(() => runtime.dispose());

type Input = TaskInput<'quantize-model'>;
type Progress = TaskProgress<'quantize-model'>;

const preprocessing = smallContract();

/** The photos that a file is checked on, as validation photos of some label. */
const judgedOf = ({ checks }: Input): NonNullable<Input['judged']> =>
  checks.map((photo) => ({ ...photo, labelIndex: 0, split: 'validation' }));

/** A float model in a folder and 60 photos in the cache: 40 to calibrate, 20 to check. */
async function prepare(settings: Parameters<typeof quantizationSettingsSchema.parse>[0] = {}) {
  const folder = temporaryFolder();
  const cacheFile = join(folder, 'cache.sqlite');
  const cache = openCacheStore(cacheFile);
  onTestFinished(() => cache.close());
  const photos = smallPhotos(60).map((pixels, index): PhotoSource => {
    const sha256 = createHash('sha256').update(pixels).digest('hex');
    cache.put('input', modelInputKey(sha256, preprocessing), pixels);
    return { photoId: index + 1, sha256, path: join(folder, 'no-such-photo.jpg') };
  });
  const modelFile = join(folder, 'model-1.tflite');
  await writeFile(
    modelFile,
    attachMetadata(smallClassifier(), {
      name: 'Colors',
      description: 'Tells colors apart.',
      author: 'A test',
      license: 'None',
      preprocessing,
    }),
  );
  const input: Input = {
    modelFile,
    preprocessing,
    settings: quantizationSettingsSchema.parse(settings),
    calibration: photos.slice(0, 40),
    checks: photos.slice(40),
    cacheFile,
    outputFile: join(folder, 'model-2.tflite'),
  };
  const progress: Progress[] = [];
  const context = (changes: Partial<TaskContext<'quantize-model'>> = {}) =>
    createTaskContext<'quantize-model'>(runtime, {
      cache: () => cache,
      report: (step) => progress.push(step),
      ...changes,
    });
  return { input, progress, context };
}

test.each([
  ['is asked for extremes, which are few', 'min-max', 3],
  ['is spared handing over every value for another rule', 'percentile', 2],
] as const)('a runtime in another process %s', async (_, ranges, expected) => {
  const { input, context } = await prepare();
  let loads = 0;
  const apart: Runtime = {
    ...runtime,
    name: 'Another process',
    apart: true,
    load(file) {
      loads++;
      return runtime.load(file);
    },
  };
  const calibration = { ...input.settings.calibration, ranges };
  const asked = { ...input, settings: { ...input.settings, calibration } };
  const output = await quantizeModel(asked, context({ runtime: async () => apart }));
  // The parent and the quantized file, and what ranges are measured on.
  expect(loads).toBe(expected);
  expect(output.runtime).toBe('Another process');
  expect(output.check.agreement).toBeGreaterThan(0.9);
});

describe('the written file', () => {
  test('is int8 with uint8 input and output, and says so itself', async () => {
    const { input, context } = await prepare();
    const output = await quantizeModel(input, context());
    const file = await readFile(input.outputFile);

    expect(output.bytes).toBe(file.length);
    expect(output.sha256).toBe(createHash('sha256').update(file).digest('hex'));
    expect(output.preprocessing.input).toEqual({ type: 'uint8', scale: 1 / 128, zeroPoint: 127 });
    expect(output.preprocessing.output).toEqual({ type: 'uint8', scale: 1 / 256, zeroPoint: 0 });
    expect(output.runtime).toBe(runtime.name);
    expect(output.changes.map(({ pass }) => pass)).toContain('quantize-int8');
    expect(output.check.photos).toBe(20);
    expect(output.check.agreement).toBeGreaterThan(0.9);
    const metadata = readMetadata(file);
    expect(metadata.preprocessing).toEqual(output.preprocessing);
    expect(metadata.labels).toEqual(smallLabels);
    expect(metadata.name).toBe('Colors (int8)');
    expect(metadata.description).toMatch(/^Tells colors apart\. Quantized to int8/);

    const model = await runtime.load(file);
    expect([model.inputs[0]?.type, model.outputs[0]?.type]).toEqual(['uint8', 'uint8']);
    model.dispose();
  });

  test('is float16 without any calibration, with float32 input and output', async () => {
    const { input, progress, context } = await prepare({ precision: 'float16' });
    const output = await quantizeModel({ ...input, calibration: [] }, context());
    expect(output.preprocessing).toEqual(preprocessing);
    expect(output.check.agreement).toBe(1);
    expect(output.check.largestDifference).toBeLessThan(0.01);
    expect(output.changes.map(({ pass }) => pass)).toContain('convert-float16');
    expect(progress.map(({ step }) => step)).not.toContain('calibrating');
    expect(readMetadata(readFileSync(input.outputFile)).name).toBe('Colors (float16)');
  });

  test('has int16 values and int8 weights, with float32 input and output', async () => {
    const { input, progress, context } = await prepare({ precision: 'int16x8' });
    const output = await quantizeModel(input, context());
    const file = readFileSync(input.outputFile);
    expect(output.preprocessing).toEqual(preprocessing);
    expect(output.check.agreement).toBeGreaterThan(0.9);
    expect(output.changes.map(({ pass }) => pass)).toContain('quantize-int16');
    expect(progress.map(({ step }) => step)).toContain('calibrating');
    expect(precisionOf(readTflite(file))).toBe('int16x8');
    expect(readMetadata(file).description).toMatch(/int16 activations and int8 weights\.$/);
  });

  test('has float32 input and output when asked for', async () => {
    const { input, context } = await prepare({ io: 'float32' });
    const output = await quantizeModel(input, context());
    expect(output.preprocessing).toEqual(preprocessing);
    expect(output.check.agreement).toBeGreaterThan(0.9);
  });

  test('is the same every time', async () => {
    const { input, context } = await prepare();
    const first = await quantizeModel(input, context());
    const second = await quantizeModel(input, context());
    expect(second.sha256).toBe(first.sha256);
  });
});

test('progress counts every photo of both steps', async () => {
  const { input, progress, context } = await prepare();
  await quantizeModel(input, context());
  const counting = (step: Progress['step'], total: number) =>
    Array.from({ length: total }, (_, index) => ({ step, done: index + 1, total }));
  expect(progress).toEqual([
    ...counting('calibrating', 40),
    { step: 'writing', done: 0, total: 1 },
    ...counting('checking', 20),
  ]);
});

describe('nothing is written when', () => {
  test.each(['calibrating', 'searching', 'checking', 'judging'] as const)(
    'it is cancelled while %s',
    async (step) => {
      const { input: asked, progress, context } = await prepare({ roundingSearch: true });
      const input = { ...asked, judged: judgedOf(asked) };
      const controller = new AbortController();
      const task = quantizeModel(
        input,
        context({
          signal: controller.signal,
          report: (update) => {
            progress.push(update);
            if (update.step === step && update.done === 3) controller.abort();
          },
        }),
      );
      await expect(task).rejects.toMatchObject({ code: 'cancelled' });
      expect(progress.at(-1)).toMatchObject({ step, done: 3 });
      expect(existsSync(input.outputFile)).toBe(false);
    },
  );

  test('LiteRT answers otherwise than the parent', async () => {
    const { input, context } = await prepare();
    // The second model loaded besides the calibration's is the quantized file.
    let loads = 0;
    const broken: Runtime = {
      ...runtime,
      load: async (file) => {
        const model = await runtime.load(file);
        loads++;
        if (loads < 3) return model;
        return { ...model, run: async () => [Uint8Array.of(255, 0, 0, 0)] };
      },
    };
    const task = quantizeModel(input, context({ runtime: async () => broken }));
    await expect(task).rejects.toMatchObject({
      code: 'model-broken',
      message: expect.stringContaining('one label'),
    });
    expect(existsSync(input.outputFile)).toBe(false);
  });

  test('a photo is gone', async () => {
    const { input, context } = await prepare();
    const gone = { photoId: 99, sha256: 'f'.repeat(64), path: join(input.cacheFile, 'gone.jpg') };
    const task = quantizeModel({ ...input, calibration: [...input.calibration, gone] }, context());
    await expect(task).rejects.toMatchObject({ code: 'photo-unreadable' });
    expect(existsSync(input.outputFile)).toBe(false);
  });

  test('the model is gone', async () => {
    const { input, context } = await prepare();
    const task = quantizeModel({ ...input, modelFile: `${input.modelFile}.old` }, context());
    await expect(task).rejects.toMatchObject({ code: 'model-unreadable' });
  });
});
