import { cleanGraph } from '@main/engine/graph/clean-graph';
import type { Graph } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { type HeadWeights, joinHead } from '@main/engine/graph/join-head';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { createRandom } from '@shared/domain/random';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { normals } from '../../../../fixtures/small-classifier';
import { answerOf, largestDifference, waves } from './run-graph';

const featureWidth = 12;
const classes = 3;
const units = 5;

/** A backbone that hands its input's double out as features. */
function backbone(): Graph {
  const builder = new GraphBuilder();
  const input = builder.input('image', [1, featureWidth]);
  const two = builder.constant('two', [1], Float32Array.of(2));
  const options = { activation: 'none' } as const;
  return builder.finish([
    builder.operator('MUL', 'features', [input, two], [1, featureWidth], options),
  ]);
}

function head(hidden: boolean): HeadWeights {
  const random = createRandom(9);
  const width = hidden ? units : featureWidth;
  return {
    ...(hidden
      ? {
          hidden: {
            kernel: normals(random, featureWidth * units, 0.5),
            bias: normals(random, units, 0.5),
            units,
          },
        }
      : {}),
    output: { kernel: normals(random, width * classes, 0.5), bias: normals(random, classes, 0.5) },
    featureWidth,
    classes,
    dropout: 0.3,
  };
}

/** value [in] times kernel [in, out] plus bias. */
function dense(value: number[], kernel: Float32Array, bias: Float32Array): number[] {
  return Array.from(bias, (start, out) =>
    value.reduce((sum, x, i) => sum + x * (kernel[i * bias.length + out] ?? 0), start),
  );
}

function softmax(logits: number[]): number[] {
  const powers = logits.map(Math.exp);
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function expected(input: Float32Array, { hidden, output }: HeadWeights): number[] {
  let value = Array.from(input, (x) => 2 * x);
  if (hidden) value = dense(value, hidden.kernel, hidden.bias).map((x) => Math.max(0, x));
  return softmax(dense(value, output.kernel, output.bias));
}

test('the head is appended as it was trained', () => {
  const joined = joinHead(backbone(), head(true));
  expect(joined.operators.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'MUL features',
    'FULLY_CONNECTED head/hidden',
    'RELU head/hidden/relu',
    'DROPOUT head/dropout',
    'FULLY_CONNECTED head/output',
    'SOFTMAX probabilities',
  ]);
  expect(joined.outputs.map((index) => joined.tensors[index])).toEqual([
    { name: 'probabilities', shape: [1, classes], type: 'float32' },
  ]);
});

test('without hidden layer and dropout only the dense layer and softmax are added', () => {
  const joined = joinHead(backbone(), { ...head(false), dropout: 0 });
  expect(joined.operators.map(({ kind }) => kind)).toEqual(['MUL', 'FULLY_CONNECTED', 'SOFTMAX']);
});

test('the backbone is not touched', () => {
  const graph = backbone();
  joinHead(graph, head(true));
  expect(graph).toEqual(backbone());
});

test('a head for other features or with a kernel of another size is a defect', () => {
  expect(() => joinHead(backbone(), { ...head(false), featureWidth: 13 })).toThrow(/13 features/);
  expect(() => joinHead(backbone(), { ...head(false), classes: 4 })).toThrow(/kernel/);
});

describe('on LiteRT, cleaned', () => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await createWasmRuntime();
  });
  afterAll(() => runtime.dispose());

  test.each([true, false])('it answers what the weights say (hidden layer: %s)', async (hidden) => {
    const weights = head(hidden);
    const { graph } = cleanGraph(joinHead(backbone(), weights));
    expect(graph.operators.map(({ kind }) => kind)).toEqual([
      'MUL',
      ...(hidden ? ['FULLY_CONNECTED'] : []),
      'FULLY_CONNECTED',
      'SOFTMAX',
    ]);
    const input = waves(featureWidth);
    const answer = await answerOf(runtime, graph, input);
    expect(largestDifference(answer, expected(input, weights))).toBeLessThan(1e-6);
  });
});
