import type { Graph } from '@main/engine/graph/graph';
import { floatsOf } from '@main/engine/graph/tensor-data';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { calibrate } from '@main/engine/quantization/calibrate';
import { checkQuantized } from '@main/engine/quantization/check-quantized';
import { equalizeChannels } from '@main/engine/quantization/equalize-channels';
import { quantizeInt8 } from '@main/engine/quantization/quantize-int8';
import { createClassifier } from '@main/engine/runtime/classifier';
import { createInputEncoder } from '@main/engine/runtime/encode-input';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPreprocessing } from '../../../../fakes/fake-model';
import { hostileClassifier } from '../../../../fixtures/hostile-classifier';
import {
  eachOf,
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

const contract = createPreprocessing({
  width: smallSize,
  height: smallSize,
  labels: smallLabels,
  ...smallNormalization,
});
const encode = createInputEncoder(contract);
const calibrateOn = (graph: Graph) =>
  calibrate(
    graph,
    eachOf(smallPhotos(200).map((photo) => Float32Array.from(encode(photo)))),
    runtime,
  );
const classifierOf = async (graph: Graph) =>
  createClassifier(await runtime.load(writeTflite(graph)), contract);
const photos = () => eachOf(smallPhotos(80, { seed: 99 }));

async function int8Of(graph: Graph) {
  const { ranges, means } = await calibrateOn(graph);
  const options = { normalization: smallNormalization, io: 'float32' as const, means };
  return classifierOf(quantizeInt8(graph, ranges, options).graph);
}

describe('equalizeChannels', () => {
  it('saves a model whose channels differ a thousandfold, which int8 alone breaks', async () => {
    const hostile = hostileClassifier();
    const parent = await classifierOf(hostile);
    const plain = checkQuantized(parent, await int8Of(hostile), photos());
    const agreement = await plain.then(
      (check) => check.agreement,
      () => 0,
    );
    expect(agreement).toBeLessThan(0.8);

    const { extremes } = await calibrateOn(hostile);
    const { graph, changes } = equalizeChannels(hostile, extremes);
    expect(changes).toHaveLength(1);
    const saved = await checkQuantized(parent, await int8Of(graph), photos());
    expect(saved.agreement).toBeGreaterThan(0.9);
    expect(saved.largestDifference).toBeLessThan(0.15);
  });

  it('leaves the float model what it was, bit by bit', async () => {
    const hostile = hostileClassifier();
    const { graph } = equalizeChannels(hostile, (await calibrateOn(hostile)).extremes);
    const [before, after] = [await classifierOf(hostile), await classifierOf(graph)];
    for await (const photo of photos()) {
      const expected = [...(await before(photo))];
      expect([...(await after(photo))]).toEqual(expected);
    }
  });

  it('grows channels after ReLU6 only as far as it does not cut them', async () => {
    const graph = hostileClassifier(1000, 'relu6');
    const { extremes } = await calibrateOn(graph);
    const { graph: equalized } = equalizeChannels(graph, extremes);
    const found = await calibrateOn(equalized);
    const first = graph.operators[0]?.outputs[0] ?? -1;
    const grown = found.extremes.get(first) ?? new Float64Array();
    extremes.get(first)?.forEach((before, channel) => {
      const after = grown[channel] ?? 0;
      expect(after).toBeGreaterThanOrEqual(before);
      if (after > before) expect(after * 1.25).toBeLessThanOrEqual(6);
    });
    expect([...grown].some((after, channel) => after > (extremes.get(first)?.[channel] ?? 0))).toBe(
      true,
    );
  });

  it('leaves layers alone whose activation is read twice, or shown', async () => {
    const graph = hostileClassifier();
    const { extremes } = await calibrateOn(graph);
    const shown = { ...graph, outputs: graph.operators.flatMap(({ outputs }) => outputs) };
    expect(equalizeChannels(shown, extremes)).toEqual({ graph: shown, changes: [] });
  });

  it('does not touch the graph it was given', async () => {
    const graph = hostileClassifier();
    const copy = structuredClone(graph);
    equalizeChannels(graph, (await calibrateOn(graph)).extremes);
    expect(graph).toEqual(copy);
    expect(
      floatsOf(
        graph.tensors.find(({ name }) => name === 'first/kernel') ?? {
          name: '',
          shape: [],
          type: 'float32',
        },
      ),
    ).toHaveLength(8 * 27);
  });
});
