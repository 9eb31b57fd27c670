import type { layers as tensorFlowLayers, Sequential } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bench, compare, openBench } from './against-tfjs';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.runtime.dispose());

type Layers = typeof tensorFlowLayers;
type Layer = Parameters<Sequential['add']>[0];

/** On pictures of 11 × 8 with 4 channels; odd and even, so that paddings differ. */
const shape = [11, 8, 4];

it.each<[string, (layers: Layers) => Layer]>([
  ['Conv2D, valid', (l) => l.conv2d({ filters: 5, kernelSize: [3, 2], activation: 'relu6' })],
  [
    'Conv2D, same, strides',
    (l) => l.conv2d({ filters: 5, kernelSize: 3, strides: [2, 1], padding: 'same' }),
  ],
  [
    'Conv2D, same, stride 2',
    (l) => l.conv2d({ filters: 5, kernelSize: 3, strides: 2, padding: 'same' }),
  ],
  [
    'Conv2D, larger stride than kernel',
    (l) => l.conv2d({ filters: 5, kernelSize: 1, strides: 2, padding: 'same' }),
  ],
  [
    'Conv2D, dilated',
    (l) =>
      l.conv2d({ filters: 5, kernelSize: 3, dilationRate: 2, padding: 'same', useBias: false }),
  ],
  ['Conv2D with tanh', (l) => l.conv2d({ filters: 5, kernelSize: 3, activation: 'tanh' })],
  [
    'DepthwiseConv2D',
    (l) => l.depthwiseConv2d({ kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }),
  ],
  [
    'DepthwiseConv2D, multiplied',
    (l) => l.depthwiseConv2d({ kernelSize: [2, 3], depthMultiplier: 3, useBias: false }),
  ],
  ['SeparableConv2D', (l) => l.separableConv2d({ filters: 6, kernelSize: 3, activation: 'swish' })],
  [
    'SeparableConv2D, strides',
    (l) =>
      l.separableConv2d({ filters: 6, kernelSize: 3, strides: 2, padding: 'same', useBias: false }),
  ],
  ['Dense on each place', (l) => l.dense({ units: 3, activation: 'relu' })],
  ['Dense with softmax on each place', (l) => l.dense({ units: 3, activation: 'softmax' })],
  ['BatchNormalization', (l) => l.batchNormalization({ epsilon: 0.01 })],
  [
    'BatchNormalization without scale and center',
    (l) => l.batchNormalization({ scale: false, center: false }),
  ],
  ['Rescaling', (l) => l.rescaling({ scale: 0.25, offset: -1 })],
  ['Rescaling without offset', (l) => l.rescaling({ scale: 0.25 })],
  ['Activation relu', (l) => l.activation({ activation: 'relu' })],
  ['Activation relu6', (l) => l.activation({ activation: 'relu6' })],
  ['Activation sigmoid', (l) => l.activation({ activation: 'sigmoid' })],
  ['Activation tanh', (l) => l.activation({ activation: 'tanh' })],
  ['Activation swish', (l) => l.activation({ activation: 'swish' })],
  ['Activation softmax', (l) => l.activation({ activation: 'softmax' })],
  ['ReLU', (l) => l.reLU({})],
  ['ReLU up to 6', (l) => l.reLU({ maxValue: 6 })],
  ['ReLU up to 0.5', (l) => l.reLU({ maxValue: 0.5 })],
  ['LeakyReLU', (l) => l.leakyReLU({})],
  ['LeakyReLU of 0.1', (l) => l.leakyReLU({ alpha: 0.1 })],
  ['Softmax', (l) => l.softmax({ axis: -1 })],
  ['MaxPooling2D', (l) => l.maxPooling2d({ poolSize: 2 })],
  [
    'MaxPooling2D, same, strides',
    (l) => l.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
  ],
  ['AveragePooling2D', (l) => l.averagePooling2d({ poolSize: [3, 2], strides: [1, 2] })],
  [
    'AveragePooling2D, same: padding does not count',
    (l) => l.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
  ],
  ['GlobalAveragePooling2D', (l) => l.globalAveragePooling2d({})],
  ['GlobalMaxPooling2D', (l) => l.globalMaxPooling2d({})],
  [
    'ZeroPadding2D',
    (l) =>
      l.zeroPadding2d({
        padding: [
          [1, 2],
          [0, 3],
        ],
      }),
  ],
  ['ZeroPadding2D of one number', (l) => l.zeroPadding2d({ padding: 2 })],
  ['ZeroPadding2D of two', (l) => l.zeroPadding2d({ padding: [2, 1] })],
  ['Flatten', (l) => l.flatten()],
  ['Reshape', (l) => l.reshape({ targetShape: [4, -1] })],
])('%s answers as in TensorFlow.js', async (_, make) => {
  const { layers: tfl } = bench.peer;
  const model = tfl.sequential();
  // The first layer only gives the other a feature map that is not the picture.
  model.add(tfl.layers.conv2d({ inputShape: shape, filters: 4, kernelSize: 1, name: 'first' }));
  model.add(make(tfl.layers));
  const { graph, difference } = await compare(bench, model, 3);
  expect(difference).toBeLessThan(2e-6);
  expect(graph.operators.length).toBeGreaterThan(1);
});

it.each<[string, (layers: Layers) => Layer]>([
  ['Add', (l) => l.add()],
  ['Multiply', (l) => l.multiply()],
  ['Average', (l) => l.average()],
  ['Concatenate', (l) => l.concatenate()],
  ['Concatenate of rows', (l) => l.concatenate({ axis: 1 })],
])('%s of three answers as in TensorFlow.js', async (_, make) => {
  const { layers: tfl } = bench.peer;
  const image = tfl.input({ shape });
  const parts = [1, 3, 5].map((kernelSize) =>
    tfl.layers.conv2d({ filters: 4, kernelSize, padding: 'same' }).apply(image),
  );
  const together = make(tfl.layers).apply(parts as never);
  const model = tfl.model({ inputs: image, outputs: together as never });
  expect((await compare(bench, model, 3)).difference).toBeLessThan(2e-6);
});

it.each([
  'dropout',
  'spatialDropout1d',
  'gaussianNoise',
  'gaussianDropout',
  'alphaDropout',
] as const)('%s is left out, or refused by name', async (kind) => {
  const { layers: tfl } = bench.peer;
  const model = tfl.sequential();
  model.add(tfl.layers.dense({ inputShape: [6, 5, 3], units: 3, name: 'first' }));
  const isRefused = kind === 'spatialDropout1d';
  if (isRefused) model.add(tfl.layers.reshape({ targetShape: [30, 3] }));
  const settings = { rate: 0.5, stddev: 0.5, name: 'gone' };
  model.add(tfl.layers[kind](settings));
  if (isRefused) {
    await expect(compare(bench, model)).rejects.toMatchObject({
      code: 'model-unsupported',
      message: expect.stringContaining('gone (SpatialDropout1D)'),
    });
    return;
  }
  const { changes, difference } = await compare(bench, model);
  expect(difference).toBeLessThan(2e-6);
  expect(changes[0]?.description).toMatch(/, left out \w+ gone$/);
});
