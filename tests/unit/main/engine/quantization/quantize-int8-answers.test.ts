import type { Graph } from '@main/engine/graph/graph';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { checkQuantized } from '@main/engine/quantization/check-quantized';
import { quantizeInt8 } from '@main/engine/quantization/quantize-int8';
import { type Classifier, createClassifier } from '@main/engine/runtime/classifier';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import type { Preprocessing } from '@shared/domain/preprocessing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPreprocessing } from '../../../../fakes/fake-model';
import {
  eachOf,
  smallClassifier,
  smallLabels,
  smallNormalization,
  smallPhotos,
} from '../../../../fixtures/small-classifier';
import { quantizeSmall, rangesOf, size } from './small-int8';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createWasmRuntime();
});
afterAll(() => runtime.dispose());

function contractOf(changes: Partial<Preprocessing> = {}): Preprocessing {
  return createPreprocessing({ ...size, ...smallNormalization, labels: smallLabels, ...changes });
}

async function classifierOf(graph: Graph, changes: Partial<Preprocessing> = {}) {
  return createClassifier(await runtime.load(writeTflite(graph)), contractOf(changes));
}

describe('answers on LiteRT', () => {
  test('of uint8 input and output stay close to float', async () => {
    const source = smallClassifier();
    const quantized = await quantizeSmall(runtime, source, 'uint8');
    expect(quantized.outputEncoding).toEqual({ type: 'uint8', scale: 1 / 256, zeroPoint: 0 });
    const check = await checkQuantized(
      await classifierOf(source),
      await classifierOf(quantized.graph, {
        input: quantized.inputEncoding,
        output: quantized.outputEncoding,
      }),
      eachOf(smallPhotos(100, { seed: 99 })),
    );
    expect(check.largestDifference).toBeLessThan(0.08);
    expect(check.agreement).toBeGreaterThan(0.9);
  });

  test('of float32 input and output too; the softmax stays in float and sums to 1', async () => {
    const source = smallClassifier();
    const quantized = await quantizeSmall(runtime, source, 'float32');
    expect(quantized.graph.operators.slice(-2).map(({ kind }) => kind)).toEqual([
      'DEQUANTIZE',
      'SOFTMAX',
    ]);
    expect(quantized.inputEncoding).toEqual({ type: 'float32' });
    expect(quantized.outputEncoding).toEqual({ type: 'float32' });
    const classify = await classifierOf(quantized.graph);
    const photos = smallPhotos(100, { seed: 99 });
    const sum = (await classify(photos[0] ?? new Uint8Array())).reduce((a, b) => a + b);
    expect(sum).toBeCloseTo(1, 5);
    const check = await checkQuantized(await classifierOf(source), classify, eachOf(photos));
    expect(check.largestDifference).toBeLessThan(0.08);
    expect(check.agreement).toBeGreaterThan(0.9);
  });

  test('survive weights of very different size, which one scale for all channels does not', async () => {
    const greenGain = 50;
    const source = smallClassifier({ greenGain });
    const ranges = await rangesOf(runtime, source, smallPhotos(300, { greenGain }));
    const { graph, inputEncoding, outputEncoding } = quantizeInt8(source, ranges, {
      normalization: smallNormalization,
      io: 'uint8',
    });
    const encodings = { input: inputEncoding, output: outputEncoding };
    const parent = await classifierOf(source);
    const photos = () => eachOf(smallPhotos(100, { seed: 99, greenGain }));

    const check = await checkQuantized(parent, await classifierOf(graph, encodings), photos());
    expect(check.agreement).toBeGreaterThan(0.9);

    const hostile: Classifier = await classifierOf(perTensor(graph), encodings);
    await expect(checkQuantized(parent, hostile, photos())).rejects.toMatchObject({
      code: 'model-broken',
    });
  });
});

/** The same graph with the coarsest of its channels' scales for all: what must be caught. */
function perTensor(graph: Graph): Graph {
  return {
    ...graph,
    tensors: graph.tensors.map((tensor) => {
      const { quantization, data, shape } = tensor;
      if (tensor.type !== 'int8' || !data || !quantization || !tensor.name.includes('kernel')) {
        return tensor;
      }
      const { scale, axis } = quantization;
      const largest = Math.max(...scale);
      const inner = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
      const values = Int8Array.from(new Int8Array(data), (stored, index) =>
        Math.round((stored * (scale[Math.floor(index / inner) % scale.length] ?? 0)) / largest),
      );
      return {
        ...tensor,
        data: new Uint8Array(values.buffer),
        quantization: { ...quantization, scale: scale.map(() => largest) },
      };
    }),
  };
}
