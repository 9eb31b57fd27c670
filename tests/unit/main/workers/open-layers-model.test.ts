import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClassifier } from '@main/engine/runtime/classifier';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { openCacheStore } from '@main/platform/cache-store';
import { describeGraph } from '@main/workers/describe-graph';
import { openBase } from '@main/workers/open-base';
import { openClassifier } from '@main/workers/open-classifier';
import type { TaskInput } from '@main/workers/tasks';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createTaskContext } from '../../../fakes/fake-task-context';
import {
  drawWeights,
  type LayersPeer,
  openLayersPeer,
  predict,
  type SavedModel,
  saveModel,
} from '../../../fixtures/layers-models';
import { teachableModel } from '../../../fixtures/mobile-net';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const size = 32;
let runtime: Runtime;
let peer: LayersPeer;
let model: LayersModel;
let saved: SavedModel;
beforeAll(async () => {
  [runtime, peer] = await Promise.all([createWasmRuntime(), openLayersPeer()]);
  model = teachableModel(peer, 3, size);
  drawWeights(peer, model, 8);
  saved = await saveModel(peer, model);
});
afterAll(() => runtime.dispose());

const metadata = {
  packageName: '@teachablemachine/image',
  modelName: 'kitchen',
  labels: ['Whisk', 'Grater', 'Nothing'],
};

/** A folder with the model in it, and a cache that is closed behind the test. */
function prepare() {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'model.json'), JSON.stringify(saved.json));
  writeFileSync(join(folder, 'model.weights.bin'), saved.weights);
  writeFileSync(join(folder, 'metadata.json'), JSON.stringify(metadata));
  const cache = openCacheStore(join(folder, 'cache.sqlite'));
  onTestFinished(() => cache.close());
  return { folder, context: createTaskContext<'open-classifier'>(runtime, { cache: () => cache }) };
}

const orderOf = (
  folder: string,
  stated: TaskInput<'open-classifier'>['stated'] = {},
): TaskInput<'open-classifier'> => ({
  modelFile: join(folder, 'model.json'),
  stated,
  labels: ['nothing', 'whisk', 'grater'],
  photos: [],
  cacheFile: '',
  outputFile: join(folder, 'opened.tflite'),
});

it('a model of Teachable Machine answers bytes as on its page, in the order of the project', async () => {
  const { folder, context } = prepare();
  const opened = await openClassifier(orderOf(folder), context);
  expect(opened).toMatchObject({
    name: 'kitchen',
    precision: 'float32',
    leftOut: [],
    preprocessing: { mean: [127, 127, 127], std: [127, 127, 127], cropFraction: 1, width: size },
  });
  expect(opened.changes[0]?.description).toBe('Made 61 operators of 46 TensorFlow.js layers');
  expect(opened.proof.largestDifference).toBeLessThan(1e-5);

  const bytes = Uint8Array.from({ length: size * size * 3 }, (_, at) => (at * 31) % 256);
  // `capture` of Teachable Machine's library.
  const page = Float32Array.from(bytes, (byte) => byte / 127 - 1);
  const [whisk, grater, nothing] = await predict(peer, model, page, [1, size, size, 3]);
  const loaded = await runtime.load(readFileSync(join(folder, 'opened.tflite')));
  const answer = await createClassifier(loaded, opened.preprocessing)(bytes);
  loaded.dispose();
  [nothing, whisk, grater].forEach((probability, label) => {
    expect(answer[label]).toBeCloseTo(probability ?? Number.NaN, 5);
  });
});

it('what a person states goes before what metadata.json says', async () => {
  const { folder, context } = prepare();
  const labels = ['nothing', 'grater', 'whisk'];
  const { preprocessing, changes } = await openClassifier(
    orderOf(folder, { mean: [0, 0, 0], std: [1, 1, 1], labels }),
    context,
  );
  expect(preprocessing).toMatchObject({ mean: [0, 0, 0], std: [1, 1, 1] });
  expect(changes.at(-1)?.description).toContain('into the order of the project’s labels');
});

it('is described before it is opened: its own operators, and what would be mended', async () => {
  const { folder } = prepare();
  const summary = await describeGraph(
    { modelFile: join(folder, 'model.json') },
    createTaskContext<'describe-graph'>(runtime),
  );
  expect(summary).toMatchObject({
    precision: 'float32',
    description: expect.stringContaining('js'),
  });
  expect(summary.obstacle).toBeUndefined();
  expect(summary.operators).toHaveLength(61);
  expect(summary.changes.map(({ pass }) => pass)).toContain('merge-arithmetic');
  expect(summary.changes[0]?.pass).toBe('from-tfjs');
});

it('is a base for training: cut behind the layer with an activation, before its last one', async () => {
  const { folder } = prepare();
  const { modelFile, photos, cacheFile, outputFile } = orderOf(folder);
  const base = await openBase(
    { modelFile, stated: {}, photos, cacheFile, outputFile },
    createTaskContext<'open-base'>(runtime, { cache: () => undefined as never }),
  );
  expect(base).toMatchObject({
    name: 'kitchen',
    featureWidth: 48,
    inputSize: size,
    mean: [127, 127, 127],
    std: [127, 127, 127],
  });
  expect(base.changes[0]?.pass).toBe('from-tfjs');
  expect(base.proof.largestDifference).toBeLessThan(1e-4);
});
