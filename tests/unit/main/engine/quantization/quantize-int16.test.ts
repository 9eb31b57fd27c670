import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Graph, Tensor } from '@main/engine/graph/graph';
import { precisionOf } from '@main/engine/graph/precision-of';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { readTflite } from '@main/engine/graph/read-tflite';
import { calibrate } from '@main/engine/quantization/calibrate';
import { checkQuantized } from '@main/engine/quantization/check-quantized';
import { measureLayers } from '@main/engine/quantization/layer-errors';
import { quantizeInt16 } from '@main/engine/quantization/quantize-int16';
import { toInt8Weights } from '@main/engine/quantization/store-weights';
import { quantizeInt8 } from '@main/engine/quantization/quantize-int8';
import { createClassifier } from '@main/engine/runtime/classifier';
import { createInputEncoder } from '@main/engine/runtime/encode-input';
import { nativeFolder, nativeLibraryName } from '@main/engine/runtime/native/native-folder';
import { createNativeRuntime } from '@main/engine/runtime/native/native-runtime';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createPreprocessing } from '../../../../fakes/fake-model';
import {
  eachOf,
  smallClassifier,
  smallLabels,
  smallNormalization,
  smallPhotos,
  smallSize,
} from '../../../../fixtures/small-classifier';
import { graphWith, operatorCases } from './operator-cases';

const contract = createPreprocessing({
  width: smallSize,
  height: smallSize,
  ...smallNormalization,
  labels: smallLabels,
});
const encode = createInputEncoder(contract);
const inputs = (count: number) =>
  smallPhotos(count).map((photo) => Float32Array.from(encode(photo)));

const libraryFile = join(nativeFolder(process.env), nativeLibraryName());
const processFile = fileURLToPath(
  new URL('../../../../fixtures/native-process.mjs', import.meta.url),
);
const hasNative = existsSync(libraryFile);
const runtimes = [
  { name: 'WebAssembly', create: createWasmRuntime },
  {
    name: `the native library${hasNative ? '' : ' (skipped without npm run litert-native:install)'}`,
    isMissing: !hasNative,
    create: () => createNativeRuntime({ processFile, libraryFile, threads: 1 }),
  },
];

const tensorNamed = (graph: Graph, name: string): Tensor => {
  const tensor = graph.tensors.find((candidate) => candidate.name === name);
  if (!tensor) throw new Error(`No tensor ${name}`);
  return tensor;
};

async function quantize(graph: Graph, runtime: Runtime, keepFloat: string[] = []) {
  const { ranges, means } = await calibrate(graph, eachOf(inputs(60)), runtime);
  const options = { normalization: smallNormalization, means, keepFloat };
  return { ...quantizeInt16(graph, ranges, options), ranges, means };
}

for (const { name, create, isMissing = false } of runtimes) {
  describe.skipIf(isMissing)(`on ${name}`, () => {
    let runtime: Runtime;
    beforeAll(async () => {
      runtime = await create();
    });
    afterAll(() => runtime.dispose());

    /** Of answers to the same photos: the largest difference, and how far the first are apart. */
    async function compare(first: Graph, second: Graph) {
      const models = [
        await runtime.load(writeTflite(first)),
        await runtime.load(writeTflite(second)),
      ];
      let [difference, least, most] = [0, Infinity, -Infinity];
      for (const input of inputs(8)) {
        const [[expected = []], [found = []]] = (await Promise.all(
          models.map((model) => model.run([input])),
        )) as [Float32Array[], Float32Array[]];
        expected.forEach((value, i) => {
          difference = Math.max(difference, Math.abs(value - (found[i] ?? Number.NaN)));
          [least, most] = [Math.min(least, value), Math.max(most, value)];
        });
      }
      for (const model of models) model.dispose();
      return { difference, apart: most - least };
    }

    test.each(Object.entries(operatorCases))(
      '%s differs by rounding alone from float with the same weights',
      async (_, follow) => {
        const source = graphWith(follow);
        const { graph, ranges, means } = await quantize(source, runtime);
        const widest = Math.max(
          ...[...ranges.values()].flatMap(({ min, max }) => [Math.abs(min), Math.abs(max)]),
        );
        const { difference, apart } = await compare(toInt8Weights(source, { means }).graph, graph);
        // Three roundings of a step each; half of the steps are headroom.
        expect(difference).toBeLessThan((3 * 2 * widest) / 32767);
        expect(apart).toBeGreaterThan(0.1);
      },
    );

    test('a classifier answers as float does, nearer than int8', async () => {
      const source = smallClassifier();
      const { ranges, means } = await calibrate(source, eachOf(inputs(60)), runtime);
      const options = { normalization: smallNormalization, means };
      const check = async (graph: Graph) =>
        checkQuantized(
          createClassifier(await runtime.load(writeTflite(source)), contract),
          createClassifier(await runtime.load(writeTflite(graph)), contract),
          eachOf(smallPhotos(80, { seed: 99 })),
        );
      const int16 = await check(quantizeInt16(source, ranges, options).graph);
      const int8 = await check(quantizeInt8(source, ranges, { ...options, io: 'float32' }).graph);
      expect(int16.agreement).toBeGreaterThanOrEqual(0.97);
      expect(int16.largestDifference).toBeLessThan(int8.largestDifference);
    });
  });
}

describe('the file', () => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await createWasmRuntime();
  });
  afterAll(() => runtime.dispose());

  it('has symmetric int16 activations, int8 weights by channel and int64 biases', async () => {
    const { graph, inputEncoding, outputEncoding } = await quantize(smallClassifier(), runtime);
    const types = Object.fromEntries(
      ['image/int16', 'first', 'second', 'pool', 'flat', 'logits'].map((name) => {
        const { type, quantization } = tensorNamed(graph, name);
        return [name, [type, quantization?.zeroPoint]];
      }),
    );
    for (const [name, type] of Object.entries(types)) expect(type, name).toEqual(['int16', [0]]);
    expect(tensorNamed(graph, 'first/kernel').quantization?.scale).toHaveLength(8);
    expect(tensorNamed(graph, 'logits/kernel').quantization?.scale).toHaveLength(1);
    const bias = tensorNamed(graph, 'second/bias');
    expect(bias).toMatchObject({ type: 'int64' });
    expect(bias.data).toHaveLength(8 * 8);
    expect([inputEncoding, outputEncoding]).toEqual([{ type: 'float32' }, { type: 'float32' }]);
    expect(precisionOf(graph)).toBe('int16x8');
    // As a file too.
    expect(precisionOf(readTflite(writeTflite(graph)))).toBe('int16x8');
  });

  it('says of sums that their scales are no powers of two, and reads that back', async () => {
    const source = graphWith(operatorCases['ADD of two activations'] ?? (() => 0));
    const { graph } = await quantize(source, runtime);
    const add = readTflite(writeTflite(graph)).operators.find(({ kind }) => kind === 'ADD');
    expect(add?.options).toEqual({ activation: 'relu6', anyScale: true });
  });

  it('keeps an operator without int16 kernel in float and names it', async () => {
    const source = graphWith((b, x) => {
      const swish = b.operator('HARD_SWISH', 'swish', [x], [1, smallSize, smallSize, 4], {});
      return b.operator('RELU', 'y', [swish], [1, smallSize, smallSize, 4], {});
    });
    const { graph, changes } = await quantize(source, runtime);
    expect(graph.operators.map(({ kind }) => kind)).toEqual([
      ...['QUANTIZE', 'CONV_2D', 'DEQUANTIZE', 'HARD_SWISH', 'QUANTIZE', 'RELU', 'DEQUANTIZE'],
    ]);
    expect(changes.map(({ description }) => description)).toContain(
      'LiteRT has no int16 kernel for HARD_SWISH: swish stayed in float32',
    );
  });

  it('keeps named tensors in float', async () => {
    const { graph } = await quantize(smallClassifier(), runtime, ['first']);
    expect(tensorNamed(graph, 'first').type).toBe('float32');
    expect(tensorNamed(graph, 'second/int16').type).toBe('int16');
  });

  it('strays less from float than int8 does, tensor by tensor', async () => {
    const source = smallClassifier();
    const { ranges } = await calibrate(source, eachOf(inputs(60)), runtime);
    const layersOf = async (graph: Graph) => {
      const pairs = eachOf(inputs(12).map((float) => ({ float, quantized: float })));
      const { signal } = new AbortController();
      const { layers } = await measureLayers(source, graph, pairs, runtime, signal);
      return new Map(layers.map(({ name, signalToNoise }) => [name, signalToNoise]));
    };
    const options = { normalization: smallNormalization };
    const int16 = await layersOf(quantizeInt16(source, ranges, options).graph);
    const int8 = await layersOf(quantizeInt8(source, ranges, { ...options, io: 'float32' }).graph);
    for (const name of ['first', 'second', 'logits']) {
      expect(int16.get(name), name).toBeGreaterThan(int8.get(name) ?? Infinity);
    }
  });
});
