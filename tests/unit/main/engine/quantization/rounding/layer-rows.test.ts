import type { Operator } from '@main/engine/graph/graph';
import { layerRows } from '@main/engine/quantization/rounding/layer-rows';
import { describe, expect, it } from 'vitest';

const plain = {
  strideWidth: 1,
  strideHeight: 1,
  dilationWidth: 1,
  dilationHeight: 1,
  activation: 'none',
} as const;
const tensors = { name: 'layer', inputs: [0, 1, 2], outputs: [3] };

const convolution = (options: Partial<Operator<'CONV_2D'>['options']> = {}): Operator => ({
  ...tensors,
  kind: 'CONV_2D',
  options: { ...plain, padding: 'same', ...options },
});

/** What the layer sees at a place. */
function rowOf(
  operator: Operator,
  input: number[],
  weights: number[],
  place: number,
): number[] | undefined {
  const rows = layerRows(operator, input, weights);
  if (!rows) return undefined;
  const count = input.reduce((product, size) => product * size, 1);
  const row = new Float64Array(rows.groups * rows.length).fill(-1);
  rows.read(
    Float32Array.from({ length: count }, (_, at) => at + 1),
    place,
    row,
  );
  return [...row];
}

describe('layerRows', () => {
  it('a convolution sees its neighbors, and zeros beyond the edge', () => {
    // 1 2 3 / 4 5 6 / 7 8 9 in one channel.
    expect(rowOf(convolution(), [1, 3, 3, 1], [2, 3, 3, 1], 0)).toEqual([
      0, 0, 0, 0, 1, 2, 0, 4, 5,
    ]);
    expect(rowOf(convolution(), [1, 3, 3, 1], [2, 3, 3, 1], 4)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
  });

  it('without padding there are fewer places, and strides skip some', () => {
    const valid = convolution({ padding: 'valid', strideWidth: 2, strideHeight: 2 });
    expect(layerRows(valid, [1, 5, 5, 1], [1, 3, 3, 1])?.places).toBe(4);
    expect(rowOf(valid, [1, 5, 5, 1], [1, 3, 3, 1], 3)).toEqual([
      13, 14, 15, 18, 19, 20, 23, 24, 25,
    ]);
  });

  it('a grouped convolution has rows of its own for each group', () => {
    const rows = layerRows(convolution(), [1, 2, 2, 4], [6, 1, 1, 2]);
    expect(rows).toMatchObject({ groups: 2, length: 2, outputs: 6 });
    expect([0, 2, 3, 5].map((output) => rows?.groupOf(output))).toEqual([0, 0, 1, 1]);
    expect(rowOf(convolution(), [1, 2, 2, 4], [6, 1, 1, 2], 1)).toEqual([5, 6, 7, 8]);
  });

  it('a depthwise layer sees one channel an output, whose weights lie apart', () => {
    const depthwise: Operator = {
      ...tensors,
      kind: 'DEPTHWISE_CONV_2D',
      options: { ...plain, padding: 'valid', depthMultiplier: 2 },
    };
    const rows = layerRows(depthwise, [1, 2, 2, 2], [1, 2, 2, 4]);
    expect(rows).toMatchObject({ groups: 2, length: 4, outputs: 4, places: 1 });
    expect([0, 1, 2, 3].map((output) => rows?.groupOf(output))).toEqual([0, 0, 1, 1]);
    expect(rows?.weightAt(3, 2)).toBe(11);
    expect(rowOf(depthwise, [1, 2, 2, 2], [1, 2, 2, 4], 0)).toEqual([1, 3, 5, 7, 2, 4, 6, 8]);
  });

  it('a dense layer sees all values of a picture, or each row of several', () => {
    const dense: Operator = {
      ...tensors,
      kind: 'FULLY_CONNECTED',
      options: { activation: 'none', keepNumDims: false },
    };
    expect(rowOf(dense, [1, 1, 2, 2], [3, 4], 0)).toEqual([1, 2, 3, 4]);
    expect(rowOf(dense, [2, 2], [3, 2], 1)).toEqual([3, 4]);
  });

  it('knows nothing of open shapes and other operators', () => {
    expect(layerRows(convolution(), [1, -1, 3, 1], [2, 3, 3, 1])).toBeUndefined();
    expect(layerRows(convolution(), undefined, [2, 3, 3, 1])).toBeUndefined();
    const sum: Operator = { ...tensors, kind: 'RELU', options: {} };
    expect(layerRows(sum, [1, 3, 3, 1], [1])).toBeUndefined();
  });
});
