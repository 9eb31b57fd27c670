import type { Graph, OperatorOptions, Padding } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { createRandom, type Random } from '@shared/domain/random';
import { normals } from '../../../../fixtures/small-classifier';

export const networkInput = [1, 9, 9, 4];

/**
 * A network of random layers with what exporters leave between them: normalizations before and after, in
 * chains or alone, as MUL, ADD and SUB by one number or one a channel; RELU and RELU6 of their own; PAD of
 * any sizes. All of the seed.
 */
export function randomNetwork(seed: number): Graph {
  const random = createRandom(seed);
  const builder = new GraphBuilder();
  let value = builder.input('image', networkInput);
  let names = 0;
  const next = (kind: string) => `${kind.toLowerCase()}-${(names += 1)}`;
  const constant = (sizes: number[], spread: number, around = 0) => {
    const count = sizes.reduce((product, size) => product * size, 1);
    const values = normals(random, count, spread).map((x) => x + around);
    return builder.constant(next('constant'), sizes, values);
  };

  const layers = 1 + random.index(3);
  for (let layer = 0; layer < layers; layer += 1) {
    arithmetic();
    if (random.index(2) === 0) pad();
    convolution();
    arithmetic();
    if (random.index(2) === 0) activation();
  }
  if (random.index(2) === 0) dense();
  return builder.finish([value]);

  function arithmetic(): void {
    for (let count = random.index(4); count > 0; count -= 1) {
      const shape = builder.shapeOf(value);
      const kind = choose(random, ['MUL', 'ADD', 'SUB'] as const);
      const sizes = choose(random, [[1], [shape.at(-1) ?? 1]]);
      const other = constant(sizes, 0.3, kind === 'MUL' ? 1 : 0);
      const inputs = kind !== 'SUB' && random.index(2) === 0 ? [other, value] : [value, other];
      const fused = random.index(8) === 0 ? 'relu' : 'none';
      value = builder.operator(kind, next(kind), inputs, shape, { activation: fused });
    }
  }

  function activation(): void {
    const kind = choose(random, ['RELU', 'RELU6'] as const);
    value = builder.operator(kind, next(kind), [value], builder.shapeOf(value), {});
  }

  function pad(): void {
    const sizes = Array.from({ length: 4 }, () => random.index(3));
    const [top = 0, bottom = 0, left = 0, right = 0] = sizes;
    const [, height = 0, width = 0, channels = 0] = builder.shapeOf(value);
    const shape = [1, height + top + bottom, width + left + right, channels];
    const pads = builder.constant(
      next('pads'),
      [4, 2],
      Int32Array.of(0, 0, top, bottom, left, right, 0, 0),
    );
    value = builder.operator('PAD', next('pad'), [value, pads], shape, {});
  }

  function convolution(): void {
    const [, height = 0, width = 0, channels = 0] = builder.shapeOf(value);
    const kernel = choose(random, [1, 2, 3]);
    const stride = 1 + random.index(2);
    const fits = Math.min(height, width) >= kernel;
    const padding = choose<Padding>(random, fits ? ['same', 'valid'] : ['same']);
    const options: OperatorOptions['CONV_2D'] = {
      ...{ padding, strideWidth: stride, strideHeight: stride },
      ...{ dilationWidth: 1, dilationHeight: 1, activation: choose(random, ['none', 'relu6']) },
    };
    const places = (size: number) =>
      Math.ceil((padding === 'same' ? size : size - kernel + 1) / stride);
    const isDepthwise = random.index(2) === 0;
    const multiplier = 1 + random.index(2);
    const outputs = isDepthwise ? channels * multiplier : 2 + random.index(4);
    const shape = [1, places(height), places(width), outputs];
    // LiteRT wants a bias on every convolution.
    const bias = constant([outputs], 0.3);
    value = isDepthwise
      ? builder.operator(
          'DEPTHWISE_CONV_2D',
          next('depthwise'),
          [value, constant([1, kernel, kernel, outputs], 0.5), bias],
          shape,
          { ...options, depthMultiplier: multiplier },
        )
      : builder.operator(
          'CONV_2D',
          next('conv'),
          [value, constant([outputs, kernel, kernel, channels], 0.4), bias],
          shape,
          options,
        );
  }

  function dense(): void {
    const inputs = builder.shapeOf(value).reduce((product, size) => product * size, 1);
    const layer = [value, constant([3, inputs], 0.3), constant([3], 0.3)];
    value = builder.operator('FULLY_CONNECTED', next('dense'), layer, [1, 3], {
      activation: 'none',
      keepNumDims: false,
    });
  }
}

function choose<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[random.index(items.length)] ?? items[0];
}
