import { applyHead } from '@main/engine/graph/apply-head';
import { cleanGraph } from '@main/engine/graph/clean-graph';
import type { Graph } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { joinHead } from '@main/engine/graph/join-head';
import { readHead } from '@main/engine/graph/read-head';
import { readTflite } from '@main/engine/graph/read-tflite';
import { writeTflite } from '@main/engine/graph/write-tflite';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { createRandom } from '@shared/domain/random';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { normals } from '../../../../fixtures/small-classifier';
import { answerOf, largestDifference, waves } from './run-graph';

const featureWidth = 12;
const classes = 3;
const random = createRandom(4);

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createWasmRuntime();
});
afterAll(() => runtime.dispose());

/** Doubles its input; with `dense` it ends in a FULLY_CONNECTED of its own, from 7 numbers. */
function backbone(dense: boolean): Graph {
  const builder = new GraphBuilder();
  const width = dense ? 7 : featureWidth;
  const input = builder.input('image', [1, width]);
  const two = builder.constant('two', [1], Float32Array.of(2));
  const doubled = builder.operator('MUL', 'doubled', [input, two], [1, width], {
    activation: 'none',
  });
  if (!dense) return builder.finish([doubled]);
  const kernel = normals(random, featureWidth * width, 0.5);
  const inputs = [
    doubled,
    builder.constant('kernel', [featureWidth, width], kernel),
    builder.constant('bias', [featureWidth], normals(random, featureWidth, 0.5)),
  ];
  const options = { activation: 'relu6', keepNumDims: false } as const;
  return builder.finish([
    builder.operator('FULLY_CONNECTED', 'features', inputs, [1, featureWidth], options),
  ]);
}

function joined(base: Graph, units: number): Graph {
  const layer = (inputs: number, outputs: number) => ({
    kernel: normals(random, inputs * outputs, 0.5),
    bias: normals(random, outputs, 0.5),
  });
  const { graph } = cleanGraph(
    joinHead(base, {
      ...(units > 0 ? { hidden: { ...layer(featureWidth, units), units } } : {}),
      output: layer(units > 0 ? units : featureWidth, classes),
      featureWidth,
      classes,
      dropout: 0.2,
    }),
  );
  return graph;
}

/** The model's own features, as it hands them to its head. */
const featuresOf = (base: Graph, input: Float32Array) => answerOf(runtime, base, input);

test.each([
  ['a dense layer', false, 0, 1],
  ['a hidden layer whose activation was fused', false, 5, 2],
  ['a hidden layer as wide as the features', false, featureWidth, 2],
  ['a backbone that ends in a dense layer itself', true, 5, 2],
])(
  '%s is read from the file and answers as the whole model does',
  async (_, dense, units, layers) => {
    const base = backbone(dense);
    const file = writeTflite(joined(base, units));
    const head = readHead(readTflite(file), featureWidth);
    expect(head.layers).toHaveLength(layers);
    expect(head.layers[0]?.activation).toBe(units > 0 ? 'relu' : 'none');
    for (const scale of [1, -3, 20]) {
      const input = waves(dense ? 7 : featureWidth).map((value) => value * scale);
      const whole = await answerOf(runtime, file, input);
      const answer = applyHead(head, await featuresOf(base, input));
      expect(largestDifference(answer, whole)).toBeLessThan(1e-5);
    }
  },
);

test('logits too large for their powers are no trouble', () => {
  const layer = {
    inputs: 1,
    outputs: 2,
    kernel: Float32Array.of(1, -1),
    bias: new Float32Array(2),
    activation: 'none',
  } as const;
  expect([...applyHead({ layers: [layer], beta: 1 }, Float32Array.of(5000))]).toEqual([1, 0]);
});

test('a graph that ends otherwise has no head', () => {
  expect(() => readHead(backbone(true), featureWidth)).toThrow(/does not end/);
  expect(() => readHead(joined(backbone(false), 5), featureWidth + 1)).toThrow(/does not end/);
});
