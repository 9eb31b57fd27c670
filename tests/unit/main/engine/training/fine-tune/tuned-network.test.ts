import { afterAll, describe, expect, it } from 'vitest';
import { cleanGraph } from '@main/engine/graph/clean-graph';
import type { Graph, OperatorOptions } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { bytesOf, floatsOf } from '@main/engine/graph/tensor-data';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import {
  findBlocks,
  splitGraph,
  trainableTensors,
} from '@main/engine/training/fine-tune/find-blocks';
import { createTunedNetwork } from '@main/engine/training/fine-tune/tuned-network';
import { createRandom } from '@shared/domain/random';
import { differentiatingTensorFlow } from '../../../../../fixtures/differentiating-tensorflow';
import {
  normals,
  sameConvolution,
  smallClassifier,
} from '../../../../../fixtures/small-classifier';

const tf = await differentiatingTensorFlow();
const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

/** Bottlenecks as in MobileNet v2, padded by hand once, with a residual unit and a mean. */
function bottlenecks(): Graph {
  const random = createRandom(3);
  const builder = new GraphBuilder();
  let value = builder.input('image', [1, 8, 8, 3]);
  const constant = (name: string, shape: number[]) =>
    builder.constant(
      name,
      shape,
      normals(
        random,
        shape.reduce((a, b) => a * b, 1),
        0.5,
      ),
    );
  const convolution = (
    name: string,
    from: number,
    channels: number,
    options: Partial<OperatorOptions['CONV_2D']> = {},
  ) => {
    const [, height = 0, width = 0, entering = 0] = builder.shapeOf(from);
    return builder.operator(
      'CONV_2D',
      name,
      [from, constant(`${name}/k`, [channels, 1, 1, entering]), constant(`${name}/b`, [channels])],
      [1, height, width, channels],
      { ...sameConvolution, ...options },
    );
  };
  const depthwise = (name: string, from: number, size: number, stride: number, valid = false) => {
    const channels = builder.shapeOf(from)[3] ?? 0;
    return builder.operator(
      'DEPTHWISE_CONV_2D',
      name,
      [from, constant(`${name}/k`, [1, 3, 3, channels]), constant(`${name}/b`, [channels])],
      [1, size, size, channels],
      {
        ...sameConvolution,
        padding: valid ? 'valid' : 'same',
        strideWidth: stride,
        strideHeight: stride,
        depthMultiplier: 1,
      },
    );
  };
  const linear = { activation: 'none' } as const;
  value = convolution('a/expand', value, 6);
  value = builder.operator(
    'PAD',
    'a/pad',
    [value, builder.constant('a/edges', [4, 2], Int32Array.of(0, 0, 0, 1, 0, 1, 0, 0))],
    [1, 9, 9, 6],
    {},
  );
  value = convolution('a/project', depthwise('a/depthwise', value, 4, 2, true), 4, linear);
  const before = value;
  value = convolution('b/expand', value, 8);
  value = convolution('b/project', depthwise('b/depthwise', value, 4, 1), 4, linear);
  value = builder.operator('ADD', 'b/add', [value, before], [1, 4, 4, 4], linear);
  value = convolution('c/expand', value, 8);
  value = convolution('c/project', depthwise('c/depthwise', value, 2, 2), 5, linear);
  value = convolution('last', value, 7);
  value = builder.operator(
    'MEAN',
    'mean',
    [value, builder.constant('axes', [2], Int32Array.of(1, 2))],
    [1, 7],
    { keepDims: false },
  );
  value = builder.operator(
    'FULLY_CONNECTED',
    'logits',
    [value, constant('logits/k', [3, 7]), constant('logits/b', [3])],
    [1, 3],
    { activation: 'none', keepNumDims: false },
  );
  return builder.finish([
    builder.operator('SOFTMAX', 'probabilities', [value], [1, 3], { beta: 1 }),
  ]);
}

const graphs = { bottlenecks: bottlenecks(), 'a small classifier': smallClassifier() };

const softmax = (logits: Float32Array) => {
  const powers = logits.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};

const pictures = (rows: number, seed: number) => normals(createRandom(seed), rows * 8 * 8 * 3, 0.7);

describe('the network of a graph', () => {
  it.each(Object.entries(graphs))('answers as LiteRT does: %s', async (_, graph) => {
    const network = createTunedNetwork(tf, 'test', graph);
    const inputs = pictures(2, 1);
    const logits = await network.logits(inputs, 2);
    const model = await runtime.load(writeTflite(graph));
    const classes = logits.length / 2;
    for (const row of [0, 1]) {
      const [answer] = await model.run([inputs.slice(row * 192, row * 192 + 192)]);
      const own = softmax(logits.slice(row * classes, row * classes + classes));
      own.forEach((value, i) => expect(value).toBeCloseTo(Number(answer?.[i]), 5));
    }
    model.dispose();
    network.dispose();
  });

  it.each(Object.entries(graphs))('goes down the numeric gradient: %s', async (_, graph) => {
    const rows = 2;
    const inputs = pictures(rows, 2);
    const labels = [1, 2];
    const classes = graph.tensors[graph.outputs[0] ?? -1]?.shape[1] ?? 0;
    const targets = new Float32Array(rows * classes);
    labels.forEach((label, row) => (targets[row * classes + label] = 1));
    const weights = Float32Array.of(1, 0.5);
    const network = createTunedNetwork(tf, 'test', graph);
    const lossOf = async () => {
      const logits = await network.logits(inputs, rows);
      return labels.reduce((sum, label, row) => {
        const own = softmax(logits.slice(row * classes, row * classes + classes));
        return sum - (weights[row]! * Math.log(own[label]!)) / rows;
      }, 0);
    };
    const before = await network.state();
    await network.step({ rows, inputs, targets, weights }, 0);
    // After one step Adam's first moment is a tenth of the gradient.
    const { adam } = await network.state();
    const tensors = trainableTensors(graph);
    expect(adam.first).toHaveLength(tensors.length);
    for (const [at, values] of before.weights.entries()) {
      const index = values.length >> 1;
      const nudged = async (by: number) => {
        const changed = before.weights.map((array) => array.slice());
        changed[at]![index]! += by;
        await network.setWeights(changed);
        return lossOf();
      };
      const numeric = ((await nudged(1e-3)) - (await nudged(-1e-3))) / 2e-3;
      expect(adam.first[at]![index]! * 10).toBeCloseTo(numeric, 2);
    }
    network.dispose();
  });
});

const names = (graph: Graph, tensors: readonly number[]) =>
  tensors.map((tensor) => graph.tensors[tensor]?.name);

describe('findBlocks', () => {
  it('finds bottlenecks from the last, each from the end of the one before', () => {
    const graph = graphs.bottlenecks;
    const blocks = findBlocks(graph);
    expect(
      names(
        graph,
        blocks.map(({ tensor }) => tensor),
      ),
    ).toEqual(['b/add', 'a/project', 'a/pad']);
    const own = (shapes: number[]) => shapes.reduce((sum, size) => sum + size, 0);
    // c, last and logits.
    expect(blocks[0]?.weights).toBe(own([32, 8, 72, 8, 40, 5, 35, 7, 21, 3]));
    expect(blocks[1]!.weights - blocks[0]!.weights).toBe(own([32, 8, 72, 8, 32, 4]));
  });

  it('cuts a plain network before each kernel that looks around', () => {
    const graph = graphs['a small classifier'];
    expect(
      names(
        graph,
        findBlocks(graph).map(({ tensor }) => tensor),
      ),
    ).toEqual(['first']);
  });
});

it('the two parts of a graph answer as the whole', async () => {
  const graph = graphs.bottlenecks;
  const inputs = pictures(1, 4);
  const whole = createTunedNetwork(tf, 'test', graph);
  const { stem, tail } = splitGraph(graph, findBlocks(graph)[1]!.tensor);
  const model = await runtime.load(writeTflite(cleanGraph(stem).graph));
  const [middle] = await model.run([inputs]);
  const part = createTunedNetwork(tf, 'test', tail);
  const [own, expected] = [
    await part.logits(Float32Array.from(middle ?? []), 1),
    await whole.logits(inputs, 1),
  ];
  own.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4));
  model.dispose();
});

it('goes on from a state as if it had never stopped', async () => {
  const graph = graphs['a small classifier'];
  const batch = (seed: number) => ({
    rows: 2,
    inputs: pictures(2, seed),
    targets: Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0),
    weights: Float32Array.of(1, 1),
  });
  const straight = createTunedNetwork(tf, 'test', graph);
  await straight.step(batch(1), 0.01);
  const state = structuredClone(await straight.state());
  await straight.step(batch(2), 0.02);
  const resumed = createTunedNetwork(tf, 'test', graph);
  await resumed.restore(state);
  await resumed.step(batch(2), 0.02);
  expect(await resumed.state()).toEqual(await straight.state());
  expect((await resumed.state()).weights).not.toEqual(state.weights);
});

it('says which layer can’t be trained', async () => {
  const graph = structuredClone(graphs['a small classifier']);
  const kernel = graph.tensors.find(({ name }) => name === 'first/kernel')!;
  kernel.shape = [8, 3, 3, 1];
  kernel.data = bytesOf(floatsOf(kernel).slice(0, 72));
  const network = createTunedNetwork(tf, 'test', graph);
  await expect(network.logits(pictures(1, 1), 1)).rejects.toMatchObject({
    code: 'model-unsupported',
    message: 'The layer first (CONV_2D) can’t be fine-tuned: it is grouped.',
  });
});
