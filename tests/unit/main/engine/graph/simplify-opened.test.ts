import { findFault } from '@main/engine/graph/check-graph';
import type { Graph, OperatorOptions } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { readTflite } from '@main/engine/graph/read-tflite';
import { simplifyOpened, simplifyProven } from '@main/engine/graph/simplify-opened';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import type { Runtime } from '@main/engine/runtime/runtime';
import { AppError } from '@shared/api/errors';
import { createRandom } from '@shared/domain/random';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normals } from '../../../../fixtures/small-classifier';
import { arbitraryGraph } from './arbitrary-graph';
import { networkInput, randomNetwork } from './random-network';
import { answerOf, largestDifference, waves } from './run-graph';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createWasmRuntime();
});
afterAll(() => runtime.dispose());

const kinds = ({ operators }: Graph) => operators.map(({ kind }) => kind);
const elements = networkInput.reduce((product, size) => product * size, 1);

it('random networks answer the same with fewer operators, every pass taking part', async () => {
  const input = waves(elements);
  const taken = new Set<string>();
  let [before, after] = [0, 0];
  for (let seed = 1; seed <= 120; seed += 1) {
    const network = randomNetwork(seed);
    const { graph, changes } = simplifyOpened(network);
    expect(findFault(graph), `seed ${seed}`).toBeUndefined();
    // As a file: what is written is what is compared.
    const [expected, found] = [
      await answerOf(runtime, network, input),
      await answerOf(runtime, readTflite(writeTflite(graph)), input),
    ];
    const largest = Math.max(1, ...expected.map(Math.abs));
    expect(largestDifference(expected, found) / largest, `seed ${seed}`).toBeLessThan(1e-5);
    for (const { pass } of changes) taken.add(pass);
    before += network.operators.length;
    after += graph.operators.length;
    // What is simple already is left as it is.
    expect(simplifyOpened(graph), `seed ${seed}`).toEqual({ graph, changes: [] });
  }
  expect([...taken].sort()).toEqual([
    ...['chain-arithmetic', 'drop-unused', 'fold-into-next', 'fold-padding'],
    ...['fuse-activation', 'merge-arithmetic'],
  ]);
  expect(after).toBeLessThan(0.75 * before);
});

it('whatever the graph, a sound one is left that can be written', () => {
  fc.assert(
    fc.property(arbitraryGraph, (graph) => {
      const { graph: simple } = simplifyOpened(graph);
      expect(findFault(simple)).toBeUndefined();
      expect(readTflite(writeTflite(simple)).operators).toHaveLength(simple.operators.length);
    }),
    { numRuns: 300 },
  );
});

const convolution: OperatorOptions['CONV_2D'] = {
  padding: 'valid',
  strideWidth: 1,
  strideHeight: 1,
  dilationWidth: 1,
  dilationHeight: 1,
  activation: 'none',
};

/** What `make` puts before a 3×3 convolution of the input. */
function before(
  make: (builder: GraphBuilder, input: number) => number,
  options: Partial<OperatorOptions['CONV_2D']>,
  output: number[],
  size = 6,
): Graph {
  const builder = new GraphBuilder();
  const value = make(builder, builder.input('x', [1, size, size, 2]));
  const kernel = builder.constant('kernel', [3, 3, 3, 2], normals(createRandom(3), 54, 0.3));
  const bias = builder.constant('bias', [3], Float32Array.of(0.1, -0.2, 0.3));
  const all = { ...convolution, ...options };
  return builder.finish([builder.operator('CONV_2D', 'conv', [value, kernel, bias], output, all)]);
}

const padded = (sizes: number[], size: number) => (builder: GraphBuilder, input: number) => {
  const [top = 0, bottom = 0, left = 0, right = 0] = sizes;
  const pads = Int32Array.of(0, 0, top, bottom, left, right, 0, 0);
  const shape = [1, size + top + bottom, size + left + right, 2];
  return builder.operator('PAD', 'pad', [input, builder.constant('pads', [4, 2], pads)], shape, {});
};

describe('a PAD before a convolution', () => {
  const twice = { strideWidth: 2, strideHeight: 2 };

  it.each([
    ['of 1 on each side', [1, 1, 1, 1], {}, 6, 6],
    ['as "same" has it for a step of 2 on an even side: one behind', [0, 1, 0, 1], twice, 6, 3],
    ['of 1 on each side for a step of 2 on an odd side', [1, 1, 1, 1], twice, 7, 4],
  ] as const)('%s is taken into it', async (_, sizes, options, size, output) => {
    const graph = before(padded([...sizes], size), options, [1, output, output, 3], size);
    const { graph: simple, changes } = simplifyOpened(graph);
    expect(kinds(simple)).toEqual(['CONV_2D']);
    expect(simple.operators[0]?.options).toMatchObject({ padding: 'same', ...options });
    expect(changes[0]?.description).toBe(
      'Took PAD pad into CONV_2D conv, as its “same” padding: exact',
    );
    const input = waves(size * size * 2);
    const [expected, found] = [
      await answerOf(runtime, graph, input),
      await answerOf(runtime, simple, input),
    ];
    expect(largestDifference(expected, found)).toBe(0);
  });

  it.each([
    ['on the other side than "same", as Keras pads for a step of 2', [1, 0, 1, 0], twice, 6, 3],
    ['of 1 on each side for a step of 2 on an even side', [1, 1, 1, 1], twice, 6, 3],
    ['of more than "same"', [2, 2, 2, 2], {}, 6, 8],
  ] as const)('%s stays', (_, sizes, options, size, output) => {
    const graph = before(padded([...sizes], size), options, [1, output, output, 3], size);
    expect(simplifyOpened(graph)).toEqual({ graph, changes: [] });
  });
});

describe('a normalization before a convolution', () => {
  const none = { activation: 'none' } as const;
  const normalized = (builder: GraphBuilder, input: number) => {
    const by = builder.constant('by', [2], Float32Array.of(0.5, 2));
    const scaled = builder.operator('MUL', 'mul', [input, by], [1, 6, 6, 2], none);
    const plus = builder.constant('plus', [1], Float32Array.of(0.25));
    return builder.operator('ADD', 'add', [scaled, plus], [1, 6, 6, 2], none);
  };

  it('is taken in where the convolution pads nothing', () => {
    const { graph, changes } = simplifyOpened(before(normalized, {}, [1, 4, 4, 3]));
    expect(kinds(graph)).toEqual(['CONV_2D']);
    expect(changes.slice(0, 2).map(({ description }) => description)).toEqual([
      'Took ADD add into the weights of CONV_2D conv behind it',
      'Took MUL mul into the weights of CONV_2D conv behind it',
    ]);
  });

  it('keeps its sum where zeros would be added to, which are no sums', () => {
    const graph = before(normalized, { padding: 'same' }, [1, 6, 6, 3]);
    expect(simplifyOpened(graph)).toEqual({ graph, changes: [] });
  });
});

it('gives no memory to channels that are claimed by a kernel without weights', () => {
  const builder = new GraphBuilder();
  const input = builder.input('x', [1, 6, 6, 2]);
  const channels = 2 ** 31 - 1;
  const kernel = builder.constant('kernel', [channels, 0, 3, 2], new Float32Array());
  const shape = [1, 4, 4, 3];
  const value = builder.operator('CONV_2D', 'conv', [input, kernel], shape, convolution);
  const by = builder.constant('by', [1], Float32Array.of(2));
  const none = { activation: 'none' } as const;
  const graph = builder.finish([builder.operator('MUL', 'mul', [value, by], shape, none)]);
  expect(findFault(graph)).toBeUndefined();
  expect(simplifyOpened(graph)).toEqual({ graph, changes: [] });
});

describe('proof', () => {
  const graph = randomNetwork(1);
  const passesOf = (changes: { pass: string }[]) => [...new Set(changes.map(({ pass }) => pass))];

  it('keeps every pass that leaves the answers alone', async () => {
    const proven = await simplifyProven(graph, async () => [Float32Array.of(0.25, 0.75)]);
    expect(proven).toEqual(simplifyOpened(graph));
    expect(passesOf(proven.changes).length).toBeGreaterThan(1);
  });

  const plain = passesOf(simplifyOpened(graph).changes);
  const [first = ''] = plain;

  it.each([
    ['moves an answer', () => [Float32Array.of(0.2503, 0.7497)], /differs by 0\.00030, more than/],
    ['gives no number', () => [Float32Array.of(Number.NaN, 1)], /differs by NaN/],
    [
      'LiteRT refuses',
      () => {
        throw new AppError('model-broken', 'no kernel');
      },
      /LiteRT refuses the result/,
    ],
  ] as const)('a pass whose result %s is left out and named', async (_, answer, reason) => {
    let call = 0;
    const proven = await simplifyProven(graph, async () => {
      call += 1;
      return call === 2 ? answer() : [Float32Array.of(0.25, 0.75)];
    });
    const [told, ...others] = proven.changes;
    expect(told?.pass).toBe('left-out');
    expect(told?.description).toContain(`Left out ${first} (“`);
    expect(told?.description).toMatch(reason);
    expect(passesOf(others)).not.toContain(first);
    expect(findFault(proven.graph)).toBeUndefined();
  });

  it('goes no further when cancelled', async () => {
    const cancelled = new AppError('cancelled', 'Cancelled.');
    const proven = simplifyProven(graph, async (made) => {
      if (made !== graph) throw cancelled;
      return [Float32Array.of(1)];
    });
    await expect(proven).rejects.toBe(cancelled);
  });
});
