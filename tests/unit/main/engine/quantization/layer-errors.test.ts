import { calibrate } from '@main/engine/quantization/calibrate';
import { measureLayers } from '@main/engine/quantization/layer-errors';
import { equalizeChannels } from '@main/engine/quantization/equalize-channels';
import { quantizeInt8 } from '@main/engine/quantization/quantize-int8';
import { toInt8Weights } from '@main/engine/quantization/store-weights';
import { createInputEncoder } from '@main/engine/runtime/encode-input';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { toFloat16 } from '@main/engine/graph/convert-float16';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hostileClassifier } from '../../../../fixtures/hostile-classifier';
import {
  smallClassifier,
  smallNormalization,
  smallPhotos,
  smallSize,
} from '../../../../fixtures/small-classifier';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createWasmRuntime();
});
afterAll(() => runtime.dispose());

const { signal } = new AbortController();
const size = { width: smallSize, height: smallSize, ...smallNormalization };
const encodeFloat = createInputEncoder({ ...size, input: { type: 'float32' } });
const graph = smallClassifier();

async function* floats(count: number) {
  for (const photo of smallPhotos(count)) yield Float32Array.from(encodeFloat(photo));
}

async function* alike(count: number) {
  for await (const float of floats(count)) yield { float, quantized: float };
}

/** Int8 by ranges that are `share` of what they should be. */
async function int8(share: number) {
  const { ranges } = await calibrate(graph, floats(60), runtime);
  const cut = new Map(
    [...ranges].map(([tensor, { min, max }]) => [tensor, { min: min * share, max: max * share }]),
  );
  return quantizeInt8(graph, cut, { normalization: smallNormalization, io: 'float32' });
}

it('a graph against itself strays nowhere', async () => {
  const { photos, layers } = await measureLayers(graph, graph, alike(3), runtime, signal);
  expect(photos).toBe(3);
  expect(layers.length).toBeGreaterThan(3);
  expect(layers.every((layer) => layer.signalToNoise === 140 && layer.clipped === 0)).toBe(true);
});

it('the coarser the weights, the worse; worst first', async () => {
  const halves = await measureLayers(graph, toFloat16(graph).graph, alike(6), runtime, signal);
  const bytes = await measureLayers(graph, toInt8Weights(graph).graph, alike(6), runtime, signal);
  const worst = (measured: typeof bytes) => measured.layers[0]?.signalToNoise ?? Number.NaN;
  expect(worst(bytes)).toBeLessThan(worst(halves));
  expect(worst(bytes)).toBeGreaterThan(10);
  const order = bytes.layers.map(({ signalToNoise }) => signalToNoise);
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

it('uint8 outputs are told by what they stand for', async () => {
  const { ranges } = await calibrate(graph, floats(60), runtime);
  const { graph: quantized, inputEncoding } = quantizeInt8(graph, ranges, {
    normalization: smallNormalization,
    io: 'uint8',
  });
  const encode = createInputEncoder({ ...size, input: inputEncoding });
  async function* inputs() {
    for (const photo of smallPhotos(6)) {
      yield { float: Float32Array.from(encodeFloat(photo)), quantized: encode(photo).slice() };
    }
  }
  const { layers } = await measureLayers(graph, quantized, inputs(), runtime, signal);
  const output = graph.tensors[graph.outputs[0] ?? -1]?.name;
  expect(layers.find(({ name }) => name === output)?.signalToNoise).toBeGreaterThan(15);
});

it('values are counted where they lie in the range, and beyond it', async () => {
  /** Of tensors that have a range, which the output in float32 has not. */
  const rangedOf = async (share: number) => {
    const { graph: quantized } = await int8(share);
    const { layers } = await measureLayers(graph, quantized, alike(6), runtime, signal);
    return layers.flatMap(({ histogram, ...layer }) =>
      histogram ? [{ ...layer, histogram }] : [],
    );
  };
  const narrow = await rangedOf(0.4);
  expect(narrow.length).toBeGreaterThan(2);
  for (const { histogram, clipped } of narrow) {
    expect(histogram.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 10);
    expect((histogram[0] ?? 0) + (histogram.at(-1) ?? 0)).toBeCloseTo(clipped, 12);
  }
  expect(Math.max(...narrow.map(({ histogram }) => histogram.at(-1) ?? 0))).toBeGreaterThan(0);
  // Of a range four times too wide nothing reaches the last quarter.
  const wide = (await rangedOf(4)).filter(({ operator }) => operator !== 'SOFTMAX');
  expect(wide.flatMap(({ histogram }) => histogram.slice(-8)).every((part) => part === 0)).toBe(
    true,
  );
  const weights = await measureLayers(graph, toInt8Weights(graph).graph, alike(2), runtime, signal);
  expect(weights.layers.every(({ histogram }) => histogram === undefined)).toBe(true);
});

it('ranges that are too narrow show as clipped values', async () => {
  const [right, narrow] = [await int8(1), await int8(0.4)];
  const clippedOf = async ({ graph: quantized }: typeof right) => {
    const { layers } = await measureLayers(graph, quantized, alike(6), runtime, signal);
    return Math.max(...layers.map(({ clipped }) => clipped));
  };
  expect(await clippedOf(right)).toBeLessThan(0.02);
  expect(await clippedOf(narrow)).toBeGreaterThan(0.02);
});

it('stops when cancelled, and says when there are no photos', async () => {
  const cancelled = AbortSignal.abort();
  await expect(measureLayers(graph, graph, alike(3), runtime, cancelled)).rejects.toMatchObject({
    code: 'cancelled',
  });
  await expect(measureLayers(graph, graph, alike(0), runtime, signal)).rejects.toMatchObject({
    code: 'not-ready',
  });
});

it('channels that were equalized are held against what they stand for', async () => {
  const hostile = hostileClassifier();
  const before = await calibrate(hostile, floats(60), runtime);
  const { graph: equalized } = equalizeChannels(hostile, before.extremes);
  const { ranges } = await calibrate(equalized, floats(60), runtime);
  const layersOf = async (source: typeof graph, measured: typeof ranges) => {
    const options = { normalization: smallNormalization, io: 'float32' as const };
    const made = quantizeInt8(source, measured, options).graph;
    const { layers } = await measureLayers(hostile, made, alike(6), runtime, signal);
    return new Map(layers.map(({ name, signalToNoise }) => [name, signalToNoise]));
  };
  // Unequalized, the large channels hide what became of the small ones; the output shows it.
  const [plain, saved] = [
    await layersOf(hostile, before.ranges),
    await layersOf(equalized, ranges),
  ];
  for (const name of ['first', 'second', 'flat']) expect(saved.get(name)).toBeGreaterThan(25);
  expect(saved.get('logits')).toBeGreaterThan((plain.get('logits') ?? 0) + 10);
});
