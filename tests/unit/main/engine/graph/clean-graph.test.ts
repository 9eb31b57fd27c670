import { readFileSync } from 'node:fs';
import { cleanGraph } from '@main/engine/graph/clean-graph';
import { toFloat16 } from '@main/engine/graph/convert-float16';
import { findFault } from '@main/engine/graph/check-graph';
import type { Graph } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { readTflite } from '@main/engine/graph/read-tflite';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import type { Runtime } from '@main/engine/runtime/runtime';
import { writeTflite } from '@main/engine/graph/write-tflite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arbitraryGraph } from './arbitrary-graph';
import { answerOf, largestDifference, waves } from './run-graph';
import { elements, type LinearKind, trainedLayer } from './trained-layer';

const kinds = ({ operators }: Graph) => operators.map(({ kind }) => kind);
const described = (graph: Graph) => cleanGraph(graph).changes.map(({ description }) => description);

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

test('an operator that no answer depends on is dropped and named', () => {
  const builder = new GraphBuilder();
  const input = builder.input('x', [1, 4]);
  builder.operator('RELU', 'forgotten', [input], [1, 4], {});
  const graph = builder.finish([builder.operator('LOGISTIC', 'y', [input], [1, 4], {})]);
  const { graph: cleaned, changes } = cleanGraph(graph);
  expect(kinds(cleaned)).toEqual(['LOGISTIC']);
  expect(changes[0]?.description).toBe('Dropped RELU forgotten: no output depends on it');
});
