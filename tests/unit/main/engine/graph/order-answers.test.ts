import { orderAnswers } from '@main/engine/graph/order-answers';
import { precisionOf } from '@main/engine/graph/precision-of';
import { toFloat16 } from '@main/engine/graph/convert-float16';
import { toDynamicRange, toInt8Weights } from '@main/engine/quantization/store-weights';
import { writeTflite } from '@main/engine/graph/write-tflite';
import type { Graph } from '@main/engine/graph/graph';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { createClassifier } from '@main/engine/runtime/classifier';
import { afterAll, describe, expect, it } from 'vitest';
import {
  smallClassifier,
  smallLabels,
  smallContract,
  smallPhotos,
} from '../../../../fixtures/small-classifier';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

async function answersOf(graph: Graph, labels: string[]) {
  const contract = smallContract({ labels });
  const classify = createClassifier(await runtime.load(writeTflite(graph)), contract);
  const answers: number[][] = [];
  for (const photo of smallPhotos(8)) answers.push([...(await classify(photo))]);
  return answers;
}

describe('orderAnswers', () => {
  const graph = smallClassifier();

  it('moves answers, and changes nothing else about them', async () => {
    const before = await answersOf(graph, smallLabels);
    const { graph: ordered, changes } = orderAnswers(graph, [2, 0, 3, 1]);
    const after = await answersOf(ordered, ['blue', 'red', 'gray', 'green']);
    after.forEach((row, photo) => {
      [2, 0, 3, 1].forEach((from, to) =>
        expect(row[to]).toBeCloseTo(before[photo]?.[from] ?? 9, 6),
      );
    });
    expect(changes[0]?.description).toContain('Put 4 answers into the order');
  });

  it.each([
    ['float16', toFloat16(graph).graph],
    ['int8', toInt8Weights(graph).graph],
  ])('moves weights that are stored as %s', async (_, stored) => {
    const before = await answersOf(stored, smallLabels);
    const { graph: ordered } = orderAnswers(stored, [1, 0]);
    const after = await answersOf(ordered, ['green', 'red']);
    after.forEach(([green = 0], photo) => {
      const [red = 0, own = 0] = before[photo] ?? [];
      expect(green).toBeCloseTo(own / (own + red), 4);
    });
  });

  it('leaves answers out; the others sum to 1', async () => {
    const before = await answersOf(graph, smallLabels);
    const { graph: fewer } = orderAnswers(graph, [3, 1]);
    const after = await answersOf(fewer, ['gray', 'green']);
    after.forEach(([gray = 0, green = 0], photo) => {
      expect(gray + green).toBeCloseTo(1, 5);
      const [, other = 0, , own = 0] = before[photo] ?? [];
      expect(gray).toBeCloseTo(own / (own + other), 4);
    });
  });

  it('does nothing where nothing is to do, and leaves the graph it was given alone', () => {
    const copy = structuredClone(graph);
    expect(orderAnswers(graph, [0, 1, 2, 3])).toEqual({ graph, changes: [] });
    orderAnswers(graph, [3, 2, 1, 0]);
    expect(graph).toEqual(copy);
  });

  it('names the operator that is in the way', () => {
    const [softmax] = graph.operators.slice(-1);
    if (!softmax) throw new Error('There is a softmax');
    const operators = [...graph.operators.slice(0, -1), { ...softmax, kind: 'RELU', options: {} }];
    const strange = { ...graph, operators } as Graph;
    expect(() => orderAnswers(strange, [1, 0, 2, 3])).toThrow(/RELU probabilities is in the way/);
  });
});

it('tells what a file computes in', () => {
  const graph = smallClassifier();
  expect(precisionOf(graph)).toBe('float32');
  expect(precisionOf(toFloat16(graph).graph)).toBe('float16');
  expect(precisionOf(toInt8Weights(graph).graph)).toBe('int8-weights');
  expect(precisionOf(toDynamicRange(graph).graph)).toBe('dynamic-range');
});
