import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { classActivation } from '@main/engine/graph/class-activation';
import { toFloat16 } from '@main/engine/graph/convert-float16';
import type { Graph, Operator } from '@main/engine/graph/graph';
import { floatsOf } from '@main/engine/graph/tensor-data';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { calibrate } from '@main/engine/quantization/calibrate';
import { quantizeInt8 } from '@main/engine/quantization/quantize-int8';
import { toInt8Weights } from '@main/engine/quantization/store-weights';
import { createInputEncoder } from '@main/engine/runtime/encode-input';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { modelInputKey } from '@main/platform/cache-kinds';
import { openCacheStore } from '@main/platform/cache-store';
import { explainPhotos } from '@main/workers/explain-photos';
import type { TaskContext } from '@main/workers/task-context';
import type { Preprocessing } from '@shared/domain/preprocessing';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { fakeSha256 } from '../../../fakes/fake-dataset';
import { createTaskContext } from '../../../fakes/fake-task-context';
import {
  eachOf,
  smallClassifier,
  smallContract,
  smallNormalization,
  smallPhotos,
  smallSize,
} from '../../../fixtures/small-classifier';
import { temporaryFolder } from '../../../fixtures/temporary-folder';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

const graph = smallClassifier();
const photos = smallPhotos(4);
const contract = smallContract();

function explain(
  made: Graph,
  changes: Partial<Preprocessing> = {},
  context: Partial<TaskContext<'explain-photos'>> = {},
) {
  const folder = temporaryFolder();
  const cache = openCacheStore(join(folder, 'cache.sqlite'));
  onTestFinished(() => cache.close());
  const modelFile = join(folder, 'model.tflite');
  writeFileSync(modelFile, writeTflite(made));
  const preprocessing = { ...contract, ...changes };
  const asked = photos.map((pixels, index) => {
    const sha256 = fakeSha256(index + 1);
    cache.put('input', modelInputKey(sha256, preprocessing), pixels);
    return { photoId: index + 1, sha256, path: '/nowhere.jpg', label: index };
  });
  return explainPhotos(
    { modelFile, preprocessing, photos: asked, cacheFile: '' },
    createTaskContext(runtime, { cache: () => cache, ...context }),
  );
}

const meanOf = (values: Float32Array = new Float32Array()) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The logits of each photo, without the bias: what a map must come to on average. */
async function logits() {
  const tensor = graph.operators.at(-2)?.outputs[0] ?? -1;
  const model = await runtime.load(writeTflite({ ...graph, outputs: [tensor] }));
  const encode = createInputEncoder(contract);
  const bias = graph.tensors.find(({ name }) => name === 'logits/bias');
  const biases = bias ? floatsOf(bias) : new Float32Array();
  const rows: number[][] = [];
  for (const photo of photos) {
    const [answer] = await model.run([encode(photo)]);
    rows.push([...(answer ?? [])].map((value, label) => value - (biases[label] ?? 0)));
  }
  model.dispose();
  return rows;
}

describe('explain-photos', () => {
  it('a map is, on average, what its class got', async () => {
    const expected = await logits();
    const { maps, reason } = await explain(graph);
    expect(reason).toBeUndefined();
    maps.forEach((map, index) => {
      expect(map).toMatchObject({ width: smallSize, height: smallSize });
      expect(meanOf(map?.values)).toBeCloseTo(expected[index]?.[index] ?? 99, 3);
      expect(new Set(map?.values).size).toBeGreaterThan(10);
    });
  });

  it.each([
    ['float16', toFloat16(graph).graph],
    ['int8 weights', toInt8Weights(graph).graph],
  ])('of a %s file is nearly the same', async (_, made) => {
    const [whole, stored] = [await explain(graph), await explain(made)];
    stored.maps.forEach((map, index) => {
      expect(meanOf(map?.values)).toBeCloseTo(meanOf(whole.maps[index]?.values), 0);
    });
  });

  it('of an int8 file is that of its own rounded features', async () => {
    const encode = createInputEncoder(contract);
    const inputs = smallPhotos(100).map((photo) => Float32Array.from(encode(photo)));
    const { ranges } = await calibrate(graph, eachOf(inputs), runtime);
    const made = quantizeInt8(graph, ranges, { normalization: smallNormalization, io: 'uint8' });
    const { inputEncoding: input, outputEncoding: output } = made;
    const [whole, rounded] = [await explain(graph), await explain(made.graph, { input, output })];
    rounded.maps.forEach((map, index) => {
      const expected = whole.maps[index]?.values ?? new Float32Array();
      const largest = Math.max(...expected.map(Math.abs));
      map?.values.forEach((value, place) => {
        expect(Math.abs(value - (expected[place] ?? 0))).toBeLessThan(0.1 * largest + 0.2);
      });
    });
  });

  it('says why there are none', async () => {
    const operators = graph.operators.map(
      (operator): Operator =>
        operator.kind === 'FULLY_CONNECTED'
          ? { ...operator, options: { ...operator.options, activation: 'relu' } }
          : operator,
    );
    const hidden = { ...graph, operators };
    expect(classActivation(hidden)).toBe('its layer logits is not linear');
    const { maps, reason } = await explain(hidden);
    expect(reason).toContain('not linear');
    expect(maps).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('is cancelled between photos', async () => {
    const controller = new AbortController();
    const run = explain(
      graph,
      {},
      {
        signal: controller.signal,
        report: () => controller.abort(),
      },
    );
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  });
});
