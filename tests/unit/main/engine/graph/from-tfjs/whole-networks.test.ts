import { classActivation } from '@main/engine/graph/class-activation';
import type { Graph } from '@main/engine/graph/graph';
import { simplifyOpened } from '@main/engine/graph/simplify-opened';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mobileNetFeatures, teachableModel } from '../../../../../fixtures/mobile-net';
import { type Bench, compare, convert, differenceOf, openBench } from './against-tfjs';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.runtime.dispose());

const kinds = ({ operators }: Graph) => [...new Set(operators.map(({ kind }) => kind))].sort();

describe('a model as Teachable Machine saves it', () => {
  it('answers in LiteRT as in TensorFlow.js, and after simplification', async () => {
    const model = teachableModel(bench.peer, 3);
    const { graph, changes, difference } = await compare(bench, model, 5);
    expect(difference).toBeLessThan(1e-5);
    expect(changes.map(({ description }) => description)).toEqual([
      'Made 61 operators of 46 TensorFlow.js layers',
    ]);
    const simple = simplifyOpened(graph);
    expect(await differenceOf(bench, model, simple.graph)).toBeLessThan(1e-5);
    // Normalization, activations and Keras' own paddings all went into the convolutions.
    expect(kinds(simple.graph)).toEqual([
      ...['ADD', 'CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED', 'MEAN', 'SOFTMAX'],
    ]);
  });

  it('answers the same behind an input layer of its own, as Keras 3 begins a Sequential', async () => {
    const model = teachableModel(bench.peer, 3, 64);
    const { saved } = await compare(bench, model, 5);
    const { config } = saved.json.modelTopology as { config: { layers: unknown[] } };
    const input = { batch_shape: [null, 64, 64, 3], dtype: 'float32', name: 'input_layer' };
    config.layers.unshift({ class_name: 'InputLayer', config: input });
    expect(await differenceOf(bench, model, convert(saved).graph)).toBeLessThan(1e-5);
  });

  it('has as many answers as labels, from a picture of the size it says', async () => {
    const { graph } = await compare(bench, teachableModel(bench.peer, 4, 64));
    expect(graph.tensors[graph.inputs[0] ?? -1]?.shape).toEqual([1, 64, 64, 3]);
    expect(graph.tensors[graph.outputs[0] ?? -1]?.shape).toEqual([1, 4]);
  });
});

it('a network of MobileNetV2’s shape answers alike, and shows what it looks at', async () => {
  const { layers: tfl } = bench.peer;
  const features = mobileNetFeatures(
    bench.peer,
    // Odd maps, of which "same" and Keras' own paddings differ.
    75,
    [
      [1, 8, 1],
      [6, 12, 2],
      [6, 12, 1],
      [6, 16, 2],
      [6, 16, 1],
    ],
    64,
  );
  const [output] = features.outputs;
  if (!output) throw new Error('The network has an output');
  const { layers } = tfl;
  const pooled = layers.globalAveragePooling2d({ name: 'pool' }).apply(output);
  const dropped = layers.dropout({ rate: 0.2, name: 'drop' }).apply(pooled);
  const answers = layers.dense({ units: 7, activation: 'softmax', name: 'predictions' });
  const model = tfl.model({
    inputs: features.inputs,
    outputs: answers.apply(dropped) as never,
    name: 'whole',
  });
  const { graph, changes, difference } = await compare(bench, model, 9);
  expect(difference).toBeLessThan(1e-5);
  expect(changes[0]?.description).toContain('left out Dropout drop');
  const simple = simplifyOpened(graph).graph;
  expect(await differenceOf(bench, model, simple)).toBeLessThan(1e-5);
  expect(classActivation(simple)).toMatchObject({ channels: 64, height: 9, width: 9 });
});

it('squeeze-and-excitation, a gate of [1, 1, channels] on a map, answers alike', async () => {
  const { layers: tfl } = bench.peer;
  const { layers } = tfl;
  const image = tfl.input({ shape: [12, 10, 3] });
  const map = layers
    .conv2d({ filters: 6, kernelSize: 3, padding: 'same', activation: 'swish' })
    .apply(image);
  const pooled = layers.globalAveragePooling2d({}).apply(map);
  const place = layers.reshape({ targetShape: [1, 1, 6] }).apply(pooled);
  const squeezed = layers.conv2d({ filters: 2, kernelSize: 1, activation: 'swish' }).apply(place);
  const gate = layers.conv2d({ filters: 6, kernelSize: 1, activation: 'sigmoid' }).apply(squeezed);
  const gated = layers.multiply().apply([map, gate] as never);
  const flat = layers.flatten().apply(gated);
  const answers = layers.dense({ units: 3, activation: 'softmax' }).apply(flat);
  const { difference } = await compare(
    bench,
    tfl.model({ inputs: image, outputs: answers as never }),
  );
  expect(difference).toBeLessThan(1e-5);
});

it('a layer that is called twice has its weights once', async () => {
  const { layers: tfl } = bench.peer;
  const { layers } = tfl;
  const image = tfl.input({ shape: [6, 6, 4] });
  const shared = layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', name: 'shared' });
  const normalized = layers.batchNormalization({ name: 'bn' });
  const once = normalized.apply(shared.apply(image));
  const twice = normalized.apply(shared.apply(once));
  const model = tfl.model({ inputs: image, outputs: twice as never });
  const { graph, difference } = await compare(bench, model);
  expect(difference).toBeLessThan(1e-5);
  const convolutions = graph.operators.filter(({ kind }) => kind === 'CONV_2D');
  expect(convolutions).toHaveLength(2);
  expect(new Set(convolutions.map(({ inputs }) => inputs[1])).size).toBe(1);
  const names = graph.tensors.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
