import { toDynamicRange, toInt8Weights } from '@main/engine/quantization/store-weights';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { describe, expect, it } from 'vitest';
import { smallClassifier } from '../../../../fixtures/small-classifier';
import { answerOf, largestDifference, waves } from '../graph/run-graph';

describe.each([
  ['weights only', toInt8Weights],
  ['dynamic range', toDynamicRange],
] as const)('%s', (_, store) => {
  it('answers on LiteRT nearly as the float graph does, in about a quarter of the bytes', async () => {
    const runtime = await createWasmRuntime();
    const graph = smallClassifier();
    const { graph: stored, changes } = store(graph);
    expect(changes).toHaveLength(1);
    const input = graph.tensors[graph.inputs[0] ?? -1];
    const values = waves(input?.shape.reduce((product, size) => product * size, 1) ?? 0);
    const expected = await answerOf(runtime, graph, values);
    expect(largestDifference(await answerOf(runtime, stored, values), expected)).toBeLessThan(0.05);
    expect(largestDifference(await answerOf(runtime, stored, values), expected)).toBeGreaterThan(0);
    await runtime.dispose();
  });

  it('leaves the given graph as it was, and finds nothing to do a second time', () => {
    const graph = smallClassifier();
    const copy = structuredClone(graph);
    const once = store(graph).graph;
    expect(graph).toEqual(copy);
    expect(store(once)).toEqual({ graph: once, changes: [] });
  });
});

it('weights get one scale a channel and a DEQUANTIZE; biases stay float32', () => {
  const { graph } = toInt8Weights(smallClassifier());
  const stored = graph.operators
    .filter(({ kind }) => kind === 'DEQUANTIZE')
    .map(({ inputs }) => graph.tensors[inputs[0] ?? -1]);
  expect(stored.length).toBeGreaterThan(1);
  for (const tensor of stored) {
    const { scale = [], axis = -1 } = tensor?.quantization ?? {};
    expect(tensor?.type).toBe('int8');
    expect(scale).toHaveLength(tensor?.shape[axis] ?? -1);
  }
  const constants = graph.tensors.filter(({ data, type }) => data && type === 'float32');
  expect(constants.every(({ shape }) => shape.length === 1)).toBe(true);
});

it('dynamic range keeps depthwise layers in float32 and gives dense layers one scale', () => {
  const source = smallClassifier();
  const { graph, changes } = toDynamicRange(source);
  for (const { kind, inputs } of graph.operators) {
    const weights = graph.tensors[inputs[1] ?? -1];
    if (kind === 'DEPTHWISE_CONV_2D') expect(weights?.type).toBe('float32');
    if (kind === 'FULLY_CONNECTED') expect(weights?.quantization?.scale).toHaveLength(1);
    if (kind === 'CONV_2D')
      expect(weights?.quantization?.scale).toHaveLength(weights?.shape[0] ?? -1);
  }
  const depthwise = source.operators.some(({ kind }) => kind === 'DEPTHWISE_CONV_2D');
  expect(changes[0]?.description.includes('stayed in float32')).toBe(depthwise);
  expect(writeTflite(graph).length).toBeLessThan(writeTflite(source).length);
});
