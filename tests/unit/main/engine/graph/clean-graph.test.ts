import { readFileSync } from 'node:fs';
import { cleanGraph } from '@main/engine/graph/clean-graph';
import { toFloat16 } from '@main/engine/graph/convert-float16';
import { findFault } from '@main/engine/graph/check-graph';
import type { Graph, OperatorOptions } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { readTflite } from '@main/engine/graph/read-tflite';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createRandom } from '@shared/domain/random';
import { writeTflite } from '@main/engine/graph/write-tflite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { normals } from '../../../../fixtures/small-classifier';
import { arbitraryGraph } from './arbitrary-graph';
import { answerOf, largestDifference, waves } from './run-graph';

const kinds = ({ operators }: Graph) => operators.map(({ kind }) => kind);
const passes = (graph: Graph) => cleanGraph(graph).changes.map(({ pass }) => pass);
const described = (graph: Graph) => cleanGraph(graph).changes.map(({ description }) => description);

const convolution: OperatorOptions['CONV_2D'] = {
  padding: 'same',
  strideWidth: 1,
  strideHeight: 1,
  dilationWidth: 1,
  dilationHeight: 1,
  activation: 'none',
};

const shape = [1, 6, 6, 4];
const elements = 6 * 6 * 4;

type LinearKind = 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'FULLY_CONNECTED';

/** One linear operator on `x`, its output's index and its shape. */
function linear(builder: GraphBuilder, kind: LinearKind, withBias = true) {
  const random = createRandom(3);
  const constant = (name: string, sizes: number[]) =>
    builder.constant(
      name,
      sizes,
      normals(
        random,
        sizes.reduce((a, b) => a * b, 1),
        0.3,
      ),
    );
  const bias = (count: number) => (withBias ? [constant('bias', [count])] : []);
  if (kind === 'FULLY_CONNECTED') {
    const input = builder.input('x', [1, elements]);
    const inputs = [input, constant('kernel', [5, elements]), ...bias(5)];
    const options = { activation: 'none', keepNumDims: false } as const;
    return { value: builder.operator(kind, 'linear', inputs, [1, 5], options), shape: [1, 5] };
  }
  const input = builder.input('x', shape);
  if (kind === 'CONV_2D') {
    const inputs = [input, constant('kernel', [5, 3, 3, 4]), ...bias(5)];
    const output = [1, 6, 6, 5];
    return { value: builder.operator(kind, 'linear', inputs, output, convolution), shape: output };
  }
  const inputs = [input, constant('kernel', [1, 3, 3, 4]), ...bias(4)];
  const options = { ...convolution, depthMultiplier: 1 };
  return { value: builder.operator(kind, 'linear', inputs, shape, options), shape };
}

/** linear, MUL and ADD by channel, RELU6, DROPOUT and IDENTITY: a layer as it is trained. */
function trainedLayer(kind: LinearKind): Graph {
  const builder = new GraphBuilder();
  const layer = linear(builder, kind);
  const channels = layer.shape.at(-1) ?? 0;
  const random = createRandom(5);
  const byChannel = (name: string) =>
    builder.constant(name, [channels], normals(random, channels, 1));
  const none = { activation: 'none' } as const;
  const scaled = builder.operator(
    'MUL',
    'bn/mul',
    [layer.value, byChannel('scale')],
    layer.shape,
    none,
  );
  const shifted = builder.operator(
    'ADD',
    'bn/add',
    [byChannel('shift'), scaled],
    layer.shape,
    none,
  );
  const relu = builder.operator('RELU6', 'relu', [shifted], layer.shape, {});
  const dropped = builder.operator('DROPOUT', 'drop', [relu], layer.shape, { rate: 0.2 });
  return builder.finish([builder.operator('IDENTITY', 'out', [dropped], layer.shape, {})]);
}

/** The same layer without what a file can't hold. */
const withoutIdentities = (graph: Graph): Graph => ({
  ...graph,
  operators: graph.operators.slice(0, -2),
  outputs: graph.operators.at(-3)?.outputs ?? [],
});

describe('a trained layer becomes one operator', () => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await createWasmRuntime();
  });
  afterAll(() => runtime.dispose());

  test.each<LinearKind>(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED'])(
    '%s, which answers the same',
    async (kind) => {
      const trained = trainedLayer(kind);
      const { graph } = cleanGraph(trained);
      expect(kinds(graph)).toEqual([kind]);
      expect(graph.operators[0]?.options).toMatchObject({ activation: 'relu6' });
      expect(graph.tensors).toHaveLength(4);
      expect(graph.tensors[graph.outputs[0] ?? -1]?.name).toBe('out');
      expect(findFault(graph)).toBeUndefined();

      const input = waves(elements);
      const before = await answerOf(runtime, withoutIdentities(trained), input);
      const after = await answerOf(runtime, graph, input);
      expect(Math.max(...before)).toBeGreaterThan(0.2);
      expect(largestDifference(before, after)).toBeLessThan(1e-5);
    },
  );

  test('a backbone with widened weights answers the same', async () => {
    const file = readFileSync('resources/backbones/efficientnet-lite0.tflite');
    const { graph, changes } = cleanGraph(readTflite(file));
    expect(kinds(graph)).not.toContain('DEQUANTIZE');
    expect(graph.tensors.map(({ type }) => type)).not.toContain('float16');
    expect(changes.map(({ pass }) => pass)).toEqual(['widen-float16', 'drop-unused']);
    const input = waves(224 * 224 * 3);
    const difference = largestDifference(
      await answerOf(runtime, file, input),
      await answerOf(runtime, graph, input),
    );
    expect(difference).toBeLessThan(1e-3);
  });

  test('float16 and back is the same graph but for rounding', async () => {
    const { graph } = cleanGraph(trainedLayer('CONV_2D'));
    const { graph: again } = cleanGraph(toFloat16(graph).graph);
    expect(kinds(again)).toEqual(['CONV_2D']);
    const input = waves(elements);
    const difference = largestDifference(
      await answerOf(runtime, graph, input),
      await answerOf(runtime, again, input),
    );
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeLessThan(0.01);
  });
});

test('the report says what was done to which operator', () => {
  expect(described(trainedLayer('CONV_2D'))).toEqual([
    'Removed DROPOUT drop (rate 0.2): the identity at inference',
    'Removed IDENTITY out: the identity at inference',
    'Merged MUL bn/mul (5 channels) into CONV_2D linear',
    'Merged ADD bn/add (5 channels) into CONV_2D linear',
    'Fused RELU6 relu into CONV_2D linear',
    expect.stringMatching(/^Dropped \d+ tensors that nothing uses any more/),
  ]);
});

test('a graph that is clean already is returned as it is', () => {
  const { graph } = cleanGraph(trainedLayer('CONV_2D'));
  expect(cleanGraph(graph)).toEqual({ graph, changes: [] });
});

test('the graph that is cleaned is not touched', () => {
  const graph = trainedLayer('FULLY_CONNECTED');
  const copy = structuredClone(graph);
  cleanGraph(graph);
  expect(graph).toEqual(copy);
});

test('whatever the graph, a sound one is left that can be written', () => {
  fc.assert(
    fc.property(arbitraryGraph, (graph) => {
      const cleaned = cleanGraph(graph).graph;
      expect(findFault(cleaned)).toBeUndefined();
      const { graph: half } = toFloat16(cleaned);
      expect(findFault(half)).toBeUndefined();
      expect(readTflite(writeTflite(half)).operators).toHaveLength(half.operators.length);
      expect(cleanGraph(cleaned).changes).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

describe('stripping', () => {
  test('a dropout right behind the input leaves the input', () => {
    const builder = new GraphBuilder();
    const input = builder.input('x', [1, 4]);
    const dropped = builder.operator('DROPOUT', 'drop', [input], [1, 4], { rate: 0.5 });
    const graph = builder.finish([builder.operator('LOGISTIC', 'y', [dropped], [1, 4], {})]);
    const cleaned = cleanGraph(graph).graph;
    expect(cleaned.operators).toEqual([
      { kind: 'LOGISTIC', name: 'y', inputs: [0], outputs: [1], options: {} },
    ]);
  });

  test('a graph of identities alone hands its input out', () => {
    const builder = new GraphBuilder();
    const first = builder.operator('IDENTITY', 'a', [builder.input('x', [1, 4])], [1, 4], {});
    const graph = builder.finish([builder.operator('IDENTITY', 'b', [first], [1, 4], {})]);
    const cleaned = cleanGraph(graph).graph;
    expect(cleaned).toMatchObject({ operators: [], inputs: [0], outputs: [0] });
    expect(findFault(cleaned)).toBeUndefined();
  });

  test('a value that is used beside the dropout stays for both', () => {
    const builder = new GraphBuilder();
    const relu = builder.operator('RELU', 'relu', [builder.input('x', [1, 4])], [1, 4], {});
    const dropped = builder.operator('DROPOUT', 'drop', [relu], [1, 4], { rate: 0.5 });
    const sum = builder.operator('ADD', 'sum', [relu, dropped], [1, 4], { activation: 'none' });
    const cleaned = cleanGraph(builder.finish([sum])).graph;
    expect(kinds(cleaned)).toEqual(['RELU', 'ADD']);
    expect(cleaned.operators[1]?.inputs).toEqual([1, 1]);
  });
});

describe('nothing is fused or merged where another would see the difference', () => {
  const none = { activation: 'none' } as const;

  test('the value before the activation is used elsewhere', () => {
    const builder = new GraphBuilder();
    const { value } = linear(builder, 'CONV_2D');
    const relu = builder.operator('RELU', 'relu', [value], [1, 6, 6, 5], {});
    const sum = builder.operator('ADD', 'sum', [value, relu], [1, 6, 6, 5], none);
    expect(passes(builder.finish([sum]))).toEqual([]);
  });

  test('the value before the activation is an answer of the graph', () => {
    const builder = new GraphBuilder();
    const { value } = linear(builder, 'CONV_2D');
    const relu = builder.operator('RELU', 'relu', [value], [1, 6, 6, 5], {});
    expect(passes(builder.finish([value, relu]))).toEqual([]);
  });

  test('the operator has an activation already', () => {
    const builder = new GraphBuilder();
    const sum = builder.operator(
      'ADD',
      'sum',
      [builder.input('x', [4]), builder.input('y', [4])],
      [4],
      {
        activation: 'relu6',
      },
    );
    expect(passes(builder.finish([builder.operator('RELU', 'relu', [sum], [4], {})]))).toEqual([]);
  });

  test('an activation of quantized values', () => {
    const builder = new GraphBuilder();
    const { value } = linear(builder, 'CONV_2D');
    const graph = builder.finish([builder.operator('RELU', 'relu', [value], [1, 6, 6, 5], {})]);
    const tensors = graph.tensors.map((tensor) => ({ ...tensor, type: 'int8' as const }));
    expect(passes({ ...graph, tensors })).toEqual([]);
  });

  test('the constant has a value for each pixel', () => {
    const builder = new GraphBuilder();
    const { value } = linear(builder, 'CONV_2D');
    const map = builder.constant('map', [1, 6, 6, 1], new Float32Array(36).fill(2));
    const product = builder.operator('MUL', 'mul', [value, map], [1, 6, 6, 5], none);
    expect(passes(builder.finish([product]))).toEqual([]);
  });

  test('an activation stands between the two', () => {
    const builder = new GraphBuilder();
    const { value } = linear(builder, 'CONV_2D');
    const relu = builder.operator('RELU', 'relu', [value], [1, 6, 6, 5], {});
    const two = builder.constant('two', [1], Float32Array.of(2));
    const product = builder.operator('MUL', 'mul', [relu, two], [1, 6, 6, 5], none);
    const cleaned = cleanGraph(builder.finish([product])).graph;
    expect(kinds(cleaned)).toEqual(['CONV_2D', 'MUL']);
  });
});

test('merging gives an operator without a bias one, and leaves a shared kernel alone', () => {
  const builder = new GraphBuilder();
  const { value } = linear(builder, 'CONV_2D', false);
  const two = builder.constant('two', [1], Float32Array.of(2));
  const product = builder.operator('MUL', 'mul', [value, two], [1, 6, 6, 5], {
    activation: 'relu',
  });
  // 0 and 1 are the input and the kernel of the first.
  const plain = builder.operator('CONV_2D', 'plain', [0, 1], [1, 6, 6, 5], convolution);
  const graph = builder.finish([product, plain]);
  const cleaned = cleanGraph(graph).graph;
  expect(kinds(cleaned)).toEqual(['CONV_2D', 'CONV_2D']);
  const [merged, other] = cleaned.operators;
  expect(merged?.options).toMatchObject({ activation: 'relu' });
  expect(cleaned.tensors[merged?.inputs[2] ?? -1]).toMatchObject({
    name: 'linear/bias',
    shape: [5],
  });
  expect(cleaned.tensors[other?.inputs[1] ?? -1]?.data).toEqual(graph.tensors[1]?.data);
  expect(merged?.inputs[1]).not.toBe(other?.inputs[1]);
});

test('an operator that no answer depends on is dropped and named', () => {
  const builder = new GraphBuilder();
  const input = builder.input('x', [1, 4]);
  builder.operator('RELU', 'forgotten', [input], [1, 4], {});
  const graph = builder.finish([builder.operator('LOGISTIC', 'y', [input], [1, 4], {})]);
  const { graph: cleaned, changes } = cleanGraph(graph);
  expect(kinds(cleaned)).toEqual(['LOGISTIC']);
  expect(changes[0]?.description).toBe('Dropped RELU forgotten: no output depends on it');
});
