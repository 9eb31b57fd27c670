import { toFloat16 } from '@main/engine/graph/convert-float16';
import type { Graph } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { halfBits } from '@main/engine/graph/half-float';
import { halvesOf } from '@main/engine/graph/tensor-data';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { expect, test } from 'vitest';
import { smallClassifier } from '../../../../fixtures/small-classifier';
import { answerOf, largestDifference, waves } from './run-graph';

/** Two sums of an input and one shared constant. */
function sharedConstant(values: number[]): Graph {
  const builder = new GraphBuilder();
  const shape = [1, values.length];
  const input = builder.input('x', shape);
  const constant = builder.constant('c', shape, Float32Array.from(values));
  const none = { activation: 'none' } as const;
  const first = builder.operator('ADD', 'first', [input, constant], shape, none);
  return builder.finish([builder.operator('MUL', 'second', [first, constant], shape, none)]);
}

test('a constant becomes float16 with one DEQUANTIZE before its first consumer', () => {
  const { graph, changes } = toFloat16(sharedConstant([1, 0.1, -3]));
  expect(graph.operators.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'DEQUANTIZE c',
    'ADD first',
    'MUL second',
  ]);
  const stored = graph.tensors[graph.operators[0]?.inputs[0] ?? -1];
  expect(stored).toMatchObject({ name: 'c/float16', type: 'float16', shape: [1, 3] });
  expect(stored && halvesOf(stored)).toEqual(Uint16Array.from([1, 0.1, -3], halfBits));
  expect(graph.tensors.filter(({ data, type }) => data && type === 'float32')).toEqual([]);
  expect(changes).toEqual([
    {
      pass: 'convert-float16',
      description: 'Stored 1 constant (3 values) as float16 with a DEQUANTIZE each',
    },
  ]);
});

test('a constant beyond the range of float16 stays as it is and is reported', () => {
  const original = sharedConstant([1, 70_000]);
  const { graph, changes } = toFloat16(original);
  expect(graph).toBe(original);
  expect(changes.map(({ description }) => description)).toEqual([
    'Kept c in float32: it has values beyond the range of float16',
  ]);
});

test('the largest half is no overflow', () => {
  expect(toFloat16(sharedConstant([65_519])).graph.operators[0]?.kind).toBe('DEQUANTIZE');
});

test('values that vanish are counted', () => {
  const { changes } = toFloat16(sharedConstant([1, 1e-9, 0]));
  expect(changes[0]?.description).toContain('1 value too small for float16 became 0');
});

test('the given graph is not touched, and a second time there is nothing to do', () => {
  const graph = smallClassifier();
  const copy = structuredClone(graph);
  const once = toFloat16(graph).graph;
  expect(graph).toEqual(copy);
  expect(toFloat16(once)).toEqual({ graph: once, changes: [] });
});

test('on LiteRT the answer is the same to float16 precision', async () => {
  const runtime = await createWasmRuntime();
  const graph = smallClassifier();
  const input = waves(8 * 8 * 3);
  const float = await answerOf(runtime, graph, input);
  const { graph: half } = toFloat16(graph);
  const difference = largestDifference(float, await answerOf(runtime, half, input));
  await runtime.dispose();
  expect(difference).toBeGreaterThan(0);
  expect(difference).toBeLessThan(2e-3);
  expect(writeTflite(half)).toEqual(writeTflite(toFloat16(graph).graph));
});
