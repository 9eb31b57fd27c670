import { multiplyAdds } from '@main/engine/graph/multiply-adds';
import { describe, expect, test } from 'vitest';

describe('multiply-adds of', () => {
  test.each<[string, string, number[], number[], number]>([
    // Each of 2 * 2 * 5 outputs sums up 3 * 3 * 4 products.
    ['a convolution', 'CONV_2D', [5, 3, 3, 4], [1, 2, 2, 5], 720],
    ['a convolution of a batch', 'CONV_2D', [5, 3, 3, 4], [2, 2, 2, 5], 1440],
    ['a grouped convolution of 8 channels', 'CONV_2D', [6, 1, 1, 4], [1, 3, 3, 6], 216],
    // Each of 4 * 4 * 6 outputs sums up 5 * 3 products, whatever the other channels hold.
    ['a depthwise convolution', 'DEPTHWISE_CONV_2D', [1, 5, 3, 6], [1, 4, 4, 6], 1440],
    ['a dense layer', 'FULLY_CONNECTED', [7, 10], [1, 7], 70],
    ['a sum', 'ADD', [1, 4, 4, 6], [1, 4, 4, 6], 0],
  ])('%s', (_, kind, weights, output, expected) => {
    expect(multiplyAdds(kind, weights, output)).toBe(expected);
  });

  test('a pool, which has no second input, are 0', () => {
    expect(multiplyAdds('MAX_POOL_2D', undefined, [1, 1, 1, 8])).toBe(0);
  });

  test.each<[string, string, number[] | undefined, number[] | undefined]>([
    ['of an operator outside the reader', 'TRANSPOSE_CONV', [5, 3, 3, 4], [1, 2, 2, 5]],
    ['with an open batch', 'CONV_2D', [5, 3, 3, 4], [-1, 2, 2, 5]],
    ['with an open kernel', 'CONV_2D', [5, -1, -1, 4], [1, 2, 2, 5]],
    ['without weights', 'CONV_2D', undefined, [1, 2, 2, 5]],
    ['without an output', 'CONV_2D', [5, 3, 3, 4], undefined],
    ['with weights of another rank', 'FULLY_CONNECTED', [10], [1, 7]],
    ['beyond what a number holds', 'CONV_2D', [1, 2 ** 30, 2 ** 30, 2], [1, 9, 9, 9]],
  ])('are unknown %s', (_, kind, weights, output) => {
    expect(multiplyAdds(kind, weights, output)).toBeUndefined();
  });
});
