import { chooseAnswers, cutFeatures, mostFeatures } from '@main/engine/graph/cut-features';
import type { Graph } from '@main/engine/graph/graph';
import { joinHead } from '@main/engine/graph/join-head';
import { readHead } from '@main/engine/graph/read-head';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { classifierInput, classifierOf, type Parts } from './classifier-shapes';
import { answerOf, largestDifference, waves } from './run-graph';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

const cut = (make: (parts: Parts) => number | number[]) =>
  cutFeatures(chooseAnswers(classifierOf(make)));
const kindsOf = (graph: Graph | undefined) => graph?.operators.map(({ kind }) => kind);

describe('cutFeatures', () => {
  it.each<[string, (parts: Parts) => number | number[], number, string[]]>([
    [
      'a dense layer behind an average',
      (make) => make.softmax(make.dense('logits', make.mean(make.see()))),
      5,
      ['CONV_2D', 'MEAN', 'RESHAPE'],
    ],
    [
      'a dense layer that takes the average as it is',
      (make) => make.softmax(make.dense('logits', make.pool(make.see()))),
      5,
      ['CONV_2D', 'AVERAGE_POOL_2D', 'RESHAPE'],
    ],
    [
      'a 1×1 convolution, as MobileNet v1 has it',
      (make) => make.softmax(make.flat(make.pointwise('logits', make.pool(make.see())))),
      5,
      ['CONV_2D', 'AVERAGE_POOL_2D', 'RESHAPE'],
    ],
    [
      'two linear layers, as the article’s retrained model has them',
      (make) =>
        make.softmax(make.dense('final', make.pointwise('imagenet', make.pool(make.see()), 7))),
      5,
      ['CONV_2D', 'AVERAGE_POOL_2D', 'RESHAPE'],
    ],
    [
      'a hidden layer with an activation: its values are the features',
      (make) =>
        make.softmax(make.dense('logits', make.dense('hidden', make.mean(make.see()), 8, 'relu'))),
      8,
      ['CONV_2D', 'MEAN', 'FULLY_CONNECTED', 'RESHAPE'],
    ],
    [
      'hidden layers narrower than the average before them, as Teachable Machine has: the average',
      (make) => {
        const first = make.dense('first', make.flat(make.pool(make.see())), 4, 'relu');
        return make.softmax(make.dense('logits', make.dense('second', first, 3, 'relu')));
      },
      5,
      ['CONV_2D', 'AVERAGE_POOL_2D', 'RESHAPE'],
    ],
    [
      'a narrow hidden layer behind a picture laid flat',
      (make) =>
        make.softmax(make.dense('logits', make.dense('hidden', make.flat(make.see()), 4, 'relu'))),
      4,
      ['CONV_2D', 'RESHAPE', 'FULLY_CONNECTED', 'RESHAPE'],
    ],
    [
      'a picture laid flat, without an average',
      (make) => make.softmax(make.dense('logits', make.flat(make.see()))),
      180,
      ['CONV_2D', 'RESHAPE'],
    ],
    [
      'a second output, of features',
      (make) => {
        const pooled = make.pool(make.see());
        return [pooled, make.softmax(make.dense('logits', pooled))];
      },
      5,
      ['CONV_2D', 'AVERAGE_POOL_2D', 'RESHAPE'],
    ],
    [
      'logits without a softmax',
      (make) => make.dense('logits', make.mean(make.see())),
      5,
      ['CONV_2D', 'MEAN', 'RESHAPE'],
    ],
  ])(
    '%s: what was cut off, put behind the features, answers as before',
    async (_, make, width, kinds) => {
      const graph = chooseAnswers(classifierOf(make));
      const { features, rest, width: found, changes } = cutFeatures(graph);
      expect(found).toBe(width);
      expect(kindsOf(features)).toEqual(kinds);
      expect(changes[0]?.description).toContain(`${width} features; left off: `);
      const input = waves(classifierInput);
      const row = await answerOf(runtime, features, input);
      expect(row.length).toBe(width);
      if (!rest) throw new Error('Something was cut off');
      const again = await answerOf(runtime, rest, row);
      expect(largestDifference(again, await answerOf(runtime, graph, input))).toBeLessThan(1e-6);
    },
  );

  it.each<[string, (parts: Parts) => number]>([
    ['an average', (make) => make.pool(make.see())],
    ['a layer with an activation', (make) => make.dense('wide', make.mean(make.see()), 9, 'relu')],
  ])('leaves a file whole that ends in features: %s', async (_, make) => {
    const graph = classifierOf(make);
    const { features, rest, changes } = cutFeatures(graph);
    expect(rest).toBeUndefined();
    expect(changes[0]?.description).toContain('Left whole');
    const input = waves(classifierInput);
    const [row, before] = [
      await answerOf(runtime, features, input),
      await answerOf(runtime, graph, input),
    ];
    expect([...row]).toEqual([...before]);
  });

  it.each<[string, (parts: Parts) => number | number[], RegExp]>([
    [
      'nothing but a layer on pixels',
      (make) => make.softmax(make.dense('logits', make.flat(make.image))),
      /follow from the pixels/,
    ],
    [
      'an average of the answers themselves',
      (make) => make.softmax(make.flat(make.pool(make.see()))),
      /AVERAGE_POOL_2D pool averages the answers themselves/,
    ],
    [
      'an answer a place',
      (make) => make.softmax(make.pointwise('mask', make.see())),
      /CONV_2D mask lies between its last layer and its answers/,
    ],
    ['no layer', (make) => make.softmax(make.flat(make.image)), /no layer that answers/],
    [
      'two rows of probabilities',
      (make) => {
        const seen = make.mean(make.see());
        return [make.softmax(make.dense('a', seen)), make.softmax(make.dense('b', seen), 'other')];
      },
      /2 outputs, and 2 of them end/,
    ],
    [
      'two outputs, none of them probabilities',
      (make) => {
        const seen = make.mean(make.see());
        return [make.dense('a', seen), make.dense('b', seen)];
      },
      /2 outputs, and none of them ends in a SOFTMAX/,
    ],
  ])('says what is in the way: %s', (_, make, message) => {
    expect(() => cut(make)).toThrow(
      expect.objectContaining({
        code: 'model-unsupported',
        message: expect.stringMatching(message),
        remedy: expect.any(String),
      }),
    );
  });

  it('refuses more features than can be kept', () => {
    const graph = classifierOf((make) =>
      make.softmax(
        make.dense('logits', make.dense('wide', make.mean(make.see()), mostFeatures + 1, 'relu')),
      ),
    );
    expect(() => cutFeatures(graph)).toThrow(/wide, are 8193 numbers/);
  });

  it('keeps a head apart from layers of the same width that the features come from', () => {
    const { features, width } = cut((make) => {
      const one = make.dense('one', make.mean(make.see()), 6, 'relu');
      return make.softmax(make.dense('logits', make.dense('two', one, 6, 'relu')));
    });
    const kernel = Float32Array.from({ length: 2 * width }, (_, at) => at);
    const head = {
      featureWidth: width,
      classes: 2,
      dropout: 0,
      output: { kernel, bias: new Float32Array(2) },
    };
    expect(readHead(joinHead(features, head), width).layers).toHaveLength(1);
  });

  it('leaves the graph it was given alone', () => {
    const graph = classifierOf((make) => make.softmax(make.dense('logits', make.mean(make.see()))));
    const copy = structuredClone(graph);
    cutFeatures(graph);
    expect(graph).toEqual(copy);
  });
});
