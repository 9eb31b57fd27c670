import type { Graph } from '@main/engine/graph/graph';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { calibrate } from '@main/engine/quantization/calibrate';
import { checkQuantized } from '@main/engine/quantization/check-quantized';
import { measureLayers } from '@main/engine/quantization/layer-errors';
import { type Int8Options, quantizeInt8 } from '@main/engine/quantization/quantize-int8';
import { createClassifier } from '@main/engine/runtime/classifier';
import { createInputEncoder } from '@main/engine/runtime/encode-input';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { ioTypeSchema } from '@shared/domain/model';
import type { Preprocessing } from '@shared/domain/preprocessing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPreprocessing } from '../../../../fakes/fake-model';
import {
  eachOf,
  smallClassifier,
  smallLabels,
  smallNormalization,
  smallPhotos,
  smallSize,
} from '../../../../fixtures/small-classifier';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createWasmRuntime();
});
afterAll(() => runtime.dispose());

const graph = smallClassifier();
const contractFor = (changes: Partial<Preprocessing>) =>
  createPreprocessing({
    width: smallSize,
    height: smallSize,
    labels: smallLabels,
    ...smallNormalization,
    ...changes,
  });

async function quantize(options: Partial<Int8Options> = {}) {
  const { normalization = smallNormalization, io = 'float32' } = options;
  const encode = createInputEncoder(contractFor(normalization));
  const inputs = smallPhotos(200).map((photo) => Float32Array.from(encode(photo)));
  const { ranges, means } = await calibrate(graph, eachOf(inputs), runtime);
  return quantizeInt8(graph, ranges, { means, ...options, normalization, io });
}

async function compare(
  quantized: Awaited<ReturnType<typeof quantize>>,
  normalization: Int8Options['normalization'] = smallNormalization,
) {
  const load = async (made: Graph, contract: Preprocessing) =>
    createClassifier(await runtime.load(writeTflite(made)), contract);
  return checkQuantized(
    await load(graph, contractFor(normalization)),
    await load(
      quantized.graph,
      contractFor({
        ...quantized.normalization,
        input: quantized.inputEncoding,
        output: quantized.outputEncoding,
      }),
    ),
    eachOf(smallPhotos(80, { seed: 99 })),
  );
}

const kindsOf = ({ operators }: Graph) => operators.map(({ kind }) => kind);

describe('tensors kept in float', () => {
  it('run what computes and what reads them in float, converted once at each border', async () => {
    const { graph: mixed, changes } = await quantize({ keepFloat: ['first'] });
    // The float input feeds the first convolution itself; "second" is float too, the rest is not.
    expect(kindsOf(mixed)).toEqual([
      ...['CONV_2D', 'DEPTHWISE_CONV_2D', 'QUANTIZE'],
      ...['AVERAGE_POOL_2D', 'RESHAPE', 'FULLY_CONNECTED', 'DEQUANTIZE', 'SOFTMAX'],
    ]);
    const types = new Map(mixed.tensors.map(({ name, type }) => [name, type]));
    expect(types.get('first')).toBe('float32');
    expect(types.get('second')).toBe('float32');
    expect(types.get('second/int8')).toBe('int8');
    expect(types.get('first/kernel')).toBe('float32');
    expect(types.get('logits/kernel')).toBe('int8');
    expect(changes.map(({ description }) => description).join()).toContain(
      'Kept in float32, with QUANTIZE and DEQUANTIZE around them: CONV_2D first, DEPTHWISE_CONV_2D second',
    );
  });

  it.each(ioTypeSchema.options)('answer on LiteRT with %s input and output', async (io) => {
    for (const keepFloat of [
      ['first'],
      ['logits'],
      ['probabilities'],
      ['first', 'pool', 'logits'],
    ]) {
      const check = await compare(await quantize({ io, keepFloat }));
      expect(check.agreement, keepFloat.join()).toBeGreaterThan(0.9);
      expect(check.largestDifference, keepFloat.join()).toBeLessThan(0.08);
    }
  });

  it('stray less than those that are rounded', async () => {
    const encode = createInputEncoder(contractFor({}));
    const photos = smallPhotos(12).map((photo) => Float32Array.from(encode(photo)));
    const layersOf = async (keepFloat: string[]) => {
      const { graph: made } = await quantize({ keepFloat });
      const inputs = eachOf(photos.map((float) => ({ float, quantized: float })));
      const { signal } = new AbortController();
      const { layers } = await measureLayers(graph, made, inputs, runtime, signal);
      return new Map(layers.map((layer) => [layer.name, layer]));
    };
    const [rounded, kept] = [await layersOf([]), await layersOf(['first'])];
    expect(rounded.get('first')?.signalToNoise).toBeLessThan(60);
    expect(kept.get('first')?.signalToNoise).toBeGreaterThan(100);
    // Nothing is added where the noise was handed on.
    expect(rounded.get('first')?.added).toBe(1);
    expect(rounded.get('flat')?.added).toBeLessThan(0.01);
  });

  it('must be there', async () => {
    await expect(quantize({ keepFloat: ['nowhere'] })).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('nowhere'),
    });
  });
});

describe('an integer input and any normalization', () => {
  it.each([
    ['a mean between two bytes', [127.5, 127.5, 127.5], [127.5, 127.5, 127.5]],
    ['a mean and std of each channel', [123.7, 116.3, 103.5], [58.4, 57.1, 57.4]],
  ] as const)('takes bytes as they are with %s', async (_, mean, std) => {
    const normalization = { mean: [...mean], std: [...std] } as Int8Options['normalization'];
    for (const io of ['uint8', 'int8'] as const) {
      const quantized = await quantize({ normalization, io });
      const bytes = Uint8Array.from({ length: smallSize * smallSize * 3 }, (_value, i) => i % 256);
      const contract = contractFor({ ...quantized.normalization, input: quantized.inputEncoding });
      const shift = io === 'int8' ? 128 : 0;
      expect([...createInputEncoder(contract)(bytes)]).toEqual([...bytes].map((b) => b - shift));
      expect(quantized.changes[0]?.pass).toBe('fold-normalization');
      const check = await compare(quantized, normalization);
      expect(check.agreement).toBeGreaterThan(0.9);
      expect(check.largestDifference).toBeLessThan(0.12);
    }
  });

  it('int8 needs no operator at its ends', async () => {
    const { graph: made } = await quantize({ io: 'int8' });
    expect(kindsOf(made)).not.toContain('QUANTIZE');
    expect(made.tensors[made.inputs[0] ?? -1]).toMatchObject({ name: 'image', type: 'int8' });
  });
});
