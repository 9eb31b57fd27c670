import type { Graph } from '@main/engine/graph/graph';
import { calibrate, type Calibration } from '@main/engine/quantization/calibrate';
import { answerWithLogits, likenessOf } from '@main/engine/quantization/measure-likeness';
import { quantizeInt16 } from '@main/engine/quantization/quantize-int16';
import { quantizeInt8 } from '@main/engine/quantization/quantize-int8';
import type { QuantizedGraph } from '@main/engine/quantization/quantize-integer';
import { layersToRound, type Rounding } from '@main/engine/quantization/rounding/rounding';
import {
  roundingSearched,
  type SearchedRounding,
  searchRounding,
} from '@main/engine/quantization/rounding/search-rounding';
import { toDynamicRange, toInt8Weights } from '@main/engine/quantization/store-weights';
import { createInputEncoder } from '@main/engine/runtime/encode-input';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { AppError } from '@shared/api/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPreprocessing } from '../../../../../fakes/fake-model';
import {
  eachOf,
  smallClassifier,
  smallLabels,
  smallNormalization,
  smallPhotos,
  smallSize,
} from '../../../../../fixtures/small-classifier';

let runtime: Runtime;
const graph = smallClassifier();
const contract = createPreprocessing({
  width: smallSize,
  height: smallSize,
  labels: smallLabels,
  ...smallNormalization,
});
const encode = createInputEncoder(contract);
const photos = smallPhotos(60);
const inputs = () => eachOf(photos.map((photo) => Float32Array.from(encode(photo))));
const { signal } = new AbortController();

let calibration: Calibration;
beforeAll(async () => {
  runtime = await createWasmRuntime();
  calibration = await calibrate(graph, inputs(), runtime);
});
afterAll(() => runtime.dispose());

type Make = (options: {
  means?: Calibration['means'] | undefined;
  rounding?: Rounding | undefined;
}) => Pick<QuantizedGraph, 'graph'> & Partial<QuantizedGraph>;

const normalization = smallNormalization;
const forms: Record<string, Make> = {
  'int8 weights': (options) => toInt8Weights(graph, options),
  'dynamic range': (options) => toDynamicRange(graph, options),
  int16x8: (options) => quantizeInt16(graph, calibration.ranges, { ...options, normalization }),
  int8: (options) =>
    quantizeInt8(graph, calibration.ranges, { ...options, normalization, io: 'float32' }),
  'int8 with a layer in float': (options) =>
    quantizeInt8(graph, calibration.ranges, {
      ...options,
      normalization,
      io: 'float32',
      keepFloat: [graph.tensors[graph.operators[0]?.outputs[0] ?? -1]?.name ?? ''],
    }),
};

async function search(make: Make): Promise<SearchedRounding[]> {
  return searchRounding(
    graph,
    layersToRound((rounding) => make({ rounding })),
    inputs,
    runtime,
    { centered: [false, true], photos: photos.length, seed: 1, signal },
  );
}

const weightsOf = ({ tensors }: Graph): number[][] =>
  tensors.flatMap(({ type, data, quantization }) =>
    type === 'int8' && data && quantization ? [[...new Int8Array(data)]] : [],
  );

describe('searchRounding', () => {
  it.each(Object.keys(forms))('lessens the noise of %s, biases corrected or not', async (name) => {
    const make = forms[name] as Make;
    const [alone, corrected] = await search(make);
    const held = () => eachOf(smallPhotos(40, { seed: 77 }));
    const expected = await answerWithLogits(graph, contract, held(), runtime, { signal });
    const noiseOf = async (made: ReturnType<Make>) => {
      const { inputEncoding: input, outputEncoding: output } = made;
      const own = { ...contract, ...(input && { input }), ...(output && { output }) };
      const found = await answerWithLogits(made.graph, own, held(), runtime, { signal });
      return likenessOf(expected, found, []).signalToNoise;
    };
    const { means } = calibration;
    expect(alone?.layers).toBeGreaterThan(0);
    expect(alone?.decibels).toBeGreaterThan(1);
    expect(corrected?.decibels).toBeGreaterThan(0);
    const plain = await noiseOf(make({}));
    expect(await noiseOf(make({ rounding: alone?.rounding }))).toBeGreaterThan(plain);
    // With corrected biases there is less to gain, and int8 activations may hide it.
    const searched = await noiseOf(make({ means, rounding: corrected?.rounding }));
    expect(searched).toBeGreaterThan((await noiseOf(make({ means }))) - 0.5);
  });

  it('changes weights by one step at most, and scales not at all', async () => {
    const make = forms['int8'] as Make;
    const [alone] = await search(make);
    const plain = make({}).graph;
    const made = make({ rounding: alone?.rounding }).graph;
    expect(made.tensors.map(({ quantization }) => quantization)).toEqual(
      plain.tensors.map(({ quantization }) => quantization),
    );
    const steps = weightsOf(made).flatMap((layer, at) =>
      layer.map((value, i) => Math.abs(value - (weightsOf(plain)[at]?.[i] ?? 0))),
    );
    expect(new Set(steps)).toEqual(new Set([0, 1]));
  });

  it('finds the same for the same seed', async () => {
    const make = forms['int8 weights'] as Make;
    const [first] = await search(make);
    const [again] = await search(make);
    const found = (alone: SearchedRounding | undefined) =>
      weightsOf(make({ rounding: alone?.rounding }).graph);
    expect(found(again)).toEqual(found(first));
    expect(again?.decibels).toBe(first?.decibels);
  });

  it('counts photos and layers, and says what it did', async () => {
    const counts: [number, number][] = [];
    const make = forms['int8'] as Make;
    const layers = layersToRound((rounding) => make({ rounding }));
    const [found] = await searchRounding(graph, layers, inputs, runtime, {
      centered: [false],
      photos: photos.length,
      seed: 1,
      signal,
      onProgress: (done, total) => counts.push([done, total]),
    });
    const total = photos.length + layers.length;
    expect(counts).toHaveLength(total);
    expect(counts.at(-1)).toEqual([total, total]);
    const change = found && roundingSearched(found);
    expect(change?.pass).toBe('rounding-search');
    expect(change?.description).toContain(`${layers.length} layers`);
    expect(change?.description).toContain(`${found?.decibels.toFixed(1)} dB less`);
  });

  it('can be cancelled while photos are looked at, and while layers are searched', async () => {
    const layers = layersToRound((rounding) => (forms['int8'] as Make)({ rounding }));
    for (const stopAt of [2, photos.length]) {
      const controller = new AbortController();
      let last = 0;
      const running = searchRounding(graph, layers, inputs, runtime, {
        centered: [false],
        photos: photos.length,
        seed: 1,
        signal: controller.signal,
        onProgress(done) {
          last = done;
          if (done === stopAt) controller.abort();
        },
      });
      await expect(running).rejects.toMatchObject({ code: 'cancelled' });
      expect(last).toBe(stopAt);
    }
  });

  it('refuses to search without photos', async () => {
    const layers = layersToRound((rounding) => (forms['int8'] as Make)({ rounding }));
    const running = searchRounding(graph, layers, () => eachOf([]), runtime, {
      centered: [false],
      photos: 0,
      seed: 1,
      signal,
    });
    await expect(running).rejects.toThrow(AppError);
    await expect(running).rejects.toMatchObject({ code: 'not-ready' });
  });
});
