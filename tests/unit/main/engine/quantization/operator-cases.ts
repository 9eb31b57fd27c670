import type { Graph } from '@main/engine/graph/graph';
import { GraphBuilder } from '@main/engine/graph/graph-builder';
import { createRandom, type Random } from '@shared/domain/random';
import { normals, sameConvolution, smallSize } from '../../../../fixtures/small-classifier';

const shape = [1, smallSize, smallSize, 4];
const half = { padding: 'valid', strideWidth: 2, strideHeight: 2 } as const;
const pool = { ...half, filterWidth: 2, filterHeight: 2, activation: 'none' } as const;
const halfShape = [1, smallSize / 2, smallSize / 2, 4];
const none = { activation: 'none' } as const;

/** Adds what follows the convolution `x`, of shape `shape`; returns the last tensor. */
type Follow = (builder: GraphBuilder, x: number, random: Random) => number;

export const operatorCases: Record<string, Follow> = {
  AVERAGE_POOL_2D: (b, x) => b.operator('AVERAGE_POOL_2D', 'y', [x], halfShape, pool),
  MAX_POOL_2D: (b, x) => b.operator('MAX_POOL_2D', 'y', [x], halfShape, pool),
  'ADD of two activations': (b, x) => {
    const y = b.operator('RELU', 'y', [x], shape, {});
    return b.operator('ADD', 'z', [x, y], shape, { activation: 'relu6' });
  },
  'SUB of a constant': (b, x, random) =>
    b.operator('SUB', 'y', [x, b.constant('c', [4], normals(random, 4, 1))], shape, none),
  'MUL by a constant': (b, x, random) =>
    b.operator('MUL', 'y', [x, b.constant('c', [4], normals(random, 4, 1))], shape, none),
  MEAN: (b, x) =>
    b.operator('MEAN', 'y', [x, b.constant('axes', [2], Int32Array.of(1, 2))], [1, 4], {
      keepDims: false,
    }),
  CONCATENATION: (b, x) => {
    const y = b.operator('RELU6', 'y', [x], shape, {});
    return b.operator('CONCATENATION', 'z', [x, y], [1, smallSize, smallSize, 8], {
      axis: 3,
      activation: 'none',
    });
  },
  PAD: (b, x) => {
    const pads = b.constant('pads', [4, 2], Int32Array.of(0, 0, 1, 1, 1, 1, 0, 0));
    return b.operator('PAD', 'y', [x, pads], [1, smallSize + 2, smallSize + 2, 4], {});
  },
  RESHAPE: (b, x) => b.operator('RESHAPE', 'y', [x], [1, 256], { newShape: [1, 256] }),
  SQUEEZE: (b, x) => b.operator('SQUEEZE', 'y', [x], shape.slice(1), { squeezeDims: [0] }),
  RELU: (b, x) => b.operator('RELU', 'y', [x], shape, {}),
  RELU6: (b, x) => b.operator('RELU6', 'y', [x], shape, {}),
  LOGISTIC: (b, x) => b.operator('LOGISTIC', 'y', [x], shape, {}),
  HARD_SWISH: (b, x) => b.operator('HARD_SWISH', 'y', [x], shape, {}),
  SOFTMAX: (b, x) => b.operator('SOFTMAX', 'y', [x], shape, { beta: 1 }),
  'RESHAPE behind a SOFTMAX': (b, x) => {
    const y = b.operator('SOFTMAX', 'y', [x], shape, { beta: 1 });
    return b.operator('RESHAPE', 'z', [y], [1, 256], { newShape: [1, 256] });
  },
};

/** A convolution of a small photo, and what follows it. */
export function graphWith(follow: Follow): Graph {
  const random = createRandom(3);
  const builder = new GraphBuilder();
  const input = builder.input('image', [1, smallSize, smallSize, 3]);
  const inputs = [
    input,
    builder.constant('k', [4, 1, 1, 3], normals(random, 12, 1.5)),
    builder.constant('b', [4], normals(random, 4, 0.5)),
  ];
  const options = { ...sameConvolution, ...none };
  const x = builder.operator('CONV_2D', 'x', inputs, shape, options);
  return builder.finish([follow(builder, x, random)]);
}
