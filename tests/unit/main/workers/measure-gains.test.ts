import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { attachMetadata } from '@main/engine/graph/model-metadata';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { modelInputKey } from '@main/platform/cache-kinds';
import { openCacheStore } from '@main/platform/cache-store';
import { quantizeModel } from '@main/workers/quantize-model';
import type { PhotoSource, TaskInput, TaskProgress } from '@main/workers/tasks';
import { gainsOf } from '@shared/domain/quantization-gains';
import { quantizationSettingsSchema } from '@shared/domain/model';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createPreprocessing } from '../../../fakes/fake-model';
import { createTaskContext } from '../../../fakes/fake-task-context';
import { hostileClassifier } from '../../../fixtures/hostile-classifier';
import {
  smallClassifier,
  smallLabels,
  smallNormalization,
  smallPhotos,
  smallSize,
} from '../../../fixtures/small-classifier';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createWasmRuntime();
});
afterAll(() => runtime.dispose());

type Asked = Parameters<typeof quantizationSettingsSchema.parse>[0];

/** Quantizes a small model, calibrated on 60 photos and judged on 40 others. */
async function run(
  asked: Asked,
  { graph = smallClassifier(), normalization = smallNormalization, judged = 40 } = {},
) {
  const folder = temporaryFolder();
  const preprocessing = createPreprocessing({
    width: smallSize,
    height: smallSize,
    labels: smallLabels,
    ...normalization,
  });
  const cacheFile = join(folder, 'cache.sqlite');
  const cache = openCacheStore(cacheFile);
  onTestFinished(() => cache.close());
  const photos = smallPhotos(100).map((pixels, index): PhotoSource => {
    const sha256 = createHash('sha256').update(pixels).digest('hex');
    cache.put('input', modelInputKey(sha256, preprocessing), pixels);
    return { photoId: index + 1, sha256, path: join(folder, 'no-such-photo.jpg') };
  });
  const modelFile = join(folder, 'model-1.tflite');
  const said = { name: 'Colors', description: '', author: '', license: '' };
  await writeFile(modelFile, attachMetadata(graph, { ...said, preprocessing }));
  const input: TaskInput<'quantize-model'> = {
    modelFile,
    preprocessing,
    settings: quantizationSettingsSchema.parse(asked),
    calibration: photos.slice(0, 60),
    checks: photos.slice(60, 80),
    judged: photos
      .slice(60, 60 + judged)
      .map((photo) => ({ ...photo, labelIndex: 0, split: 'validation' as const })),
    cacheFile,
    outputFile: join(folder, 'model-2.tflite'),
  };
  const progress: TaskProgress<'quantize-model'>[] = [];
  const output = await quantizeModel(
    input,
    createTaskContext<'quantize-model'>(runtime, {
      cache: () => cache,
      report: (step) => progress.push(step),
    }),
  );
  return { output, progress };
}

test('each correction that is on is left out once, the others stay', async () => {
  const all = { equalization: true, roundingSearch: true };
  const { output, progress } = await run(all, { graph: hostileClassifier() });
  const { gains } = output;
  expect(gains?.photos).toBe(40);
  expect(gains?.without.map(({ correction }) => correction)).toEqual([
    'equalization',
    'roundingSearch',
    'biasCorrection',
  ]);
  // A model whose channels differ a thousandfold.
  const found = new Map(gains && gainsOf(gains).map((gain) => [gain.correction, gain]));
  expect(found.get('equalization')).toMatchObject({ verdict: 'gain' });
  expect(found.get('equalization')?.decibels).toBeGreaterThan(3);
  expect(progress.at(-1)).toEqual({ step: 'judging', done: 200, total: 200 });
  // With and without equalization what layers see differs: it is searched twice, not four times.
  const searches = progress.filter(({ step, done }) => step === 'searching' && done === 1);
  expect(searches).toHaveLength(2);
  const calibrated = progress.filter(({ step }) => step === 'calibrating');
  expect(calibrated).toHaveLength(120);
});

test('a form without a correction is the one that is made with its switch off', async () => {
  const both = await run({ precision: 'int8-weights', roundingSearch: true });
  const unsearched = await run({ precision: 'int8-weights' });
  const uncorrected = await run({
    precision: 'int8-weights',
    roundingSearch: true,
    biasCorrection: false,
  });
  const { without = [] } = both.output.gains ?? {};
  const leftOut = new Map(without.map(({ correction, ...likeness }) => [correction, likeness]));
  expect(leftOut.get('roundingSearch')).toEqual(unsearched.output.gains?.all);
  expect(leftOut.get('biasCorrection')).toEqual(uncorrected.output.gains?.all);
});

test('the rounding is searched for the input that the file takes', async () => {
  // Not what a byte stores exactly: the first layer takes the normalization in.
  const normalization: typeof smallNormalization = {
    mean: [127.5, 127.5, 127.5],
    std: [127.5, 127.5, 127.5],
  };
  const asked = { io: 'uint8', roundingSearch: true, biasCorrection: false } as const;
  const { output } = await run(asked, { normalization });
  const passes = output.changes.map(({ pass }) => pass);
  expect(passes).toEqual(expect.arrayContaining(['fold-normalization', 'rounding-search']));
  const [searched] = output.gains ? gainsOf(output.gains) : [];
  expect(searched).toMatchObject({ correction: 'roundingSearch', verdict: 'gain' });
});

test.each<[string, Asked, number]>([
  ['without any correction', { biasCorrection: false }, 40],
  ['in float16', { precision: 'float16', biasCorrection: false }, 40],
  ['without validation photos', {}, 0],
])('nothing is judged %s', async (_, asked, judged) => {
  const { output, progress } = await run(asked, { judged });
  expect(output.gains).toBeUndefined();
  expect(progress.map(({ step }) => step)).not.toContain('judging');
});
