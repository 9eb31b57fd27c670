import { cleanGraph } from '@main/engine/graph/clean-graph';
import type { Graph } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { describe, expect, test } from 'vitest';
import { convolution, linear } from './trained-layer';

const kinds = ({ operators }: Graph) => operators.map(({ kind }) => kind);
const passes = (graph: Graph) => cleanGraph(graph).changes.map(({ pass }) => pass);

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
