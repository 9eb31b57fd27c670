import { quantizeWeights } from '@main/engine/quantization/quantize-weights';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

describe('weights', () => {
  test('each output channel of CONV_2D (axis 0) has the scale of its own largest weight', () => {
    const { values, scales } = quantizeWeights(
      {
        values: Float32Array.of(1, -0.6, 0.25, 0.01, 0.006, -0.0025),
        shape: [2, 1, 1, 3],
        axis: 0,
        biases: new Float32Array(2),
      },
      1,
    );
    expect(scales).toEqual([Math.fround(1 / 127), Math.fround(Math.fround(0.01) / 127)]);
    expect(Array.from(values)).toEqual([127, -76, 32, 127, 76, -32]);
  });

  test('of DEPTHWISE_CONV_2D the channels are the last axis (3)', () => {
    const { values, scales } = quantizeWeights(
      {
        values: Float32Array.of(1, 100, -1, 50),
        shape: [1, 2, 1, 2],
        axis: 3,
        biases: new Float32Array(2),
      },
      1,
    );
    expect(scales).toEqual([Math.fround(1 / 127), Math.fround(100 / 127)]);
    expect(Array.from(values)).toEqual([127, 127, -127, 64]);
  });

  test('share the scale of the largest where all have one, and the bias that needs most room decides', () => {
    const layer = { values: Float32Array.of(1, 2, -4, 8), shape: [2, 2], axis: 0, oneScale: true };
    const biases = new Float32Array(2);
    const { values, scales } = quantizeWeights({ ...layer, biases }, 1);
    expect(scales).toEqual([Math.fround(8 / 127), Math.fround(8 / 127)]);
    expect(Array.from(values)).toEqual([16, 32, -64, 127]);
    const large = quantizeWeights({ ...layer, biases: Float32Array.of(0, -(2 ** 30)) }, 1);
    expect(large.scales).toEqual([1, 1]);
    expect(Array.from(large.biases)).toEqual([0, -(2 ** 30)]);
  });

  test('are symmetric, never -128, and lose at most half a step', () => {
    const weights = fc.array(fc.float({ min: -10, max: 10, noNaN: true }), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(weights, fc.constantFrom(0, 3), (array, axis) => {
        const shape = axis === 0 ? [3, 2, 2, 1] : [1, 2, 2, 3];
        const input = {
          values: Float32Array.from(array),
          shape,
          axis,
          biases: new Float32Array(3),
        };
        const { values, scales } = quantizeWeights(input, 0.02);
        values.forEach((stored, i) => {
          const scale = scales[axis === 0 ? Math.floor(i / 4) : i % 3] ?? 0;
          expect(scale).toBeGreaterThan(0);
          expect(stored).toBeGreaterThanOrEqual(-127);
          expect(Math.abs(stored * scale - (array[i] ?? 0))).toBeLessThanOrEqual(scale * 0.5001);
        });
      }),
    );
  });
});

describe('biases', () => {
  test('are stored in steps of input scale times weight scale', () => {
    const { biases, biasScales, scales, enlarged } = quantizeWeights(
      { values: Float32Array.of(127, 254), shape: [2, 1], axis: 0, biases: Float32Array.of(3, -3) },
      0.5,
    );
    expect(scales).toEqual([1, 2]);
    expect(biasScales).toEqual([0.5, 1]);
    expect(Array.from(biases)).toEqual([6, -3]);
    expect(enlarged).toBe(0);
  });

  test('of a nearly dead channel fit because its weights are stored more coarsely', () => {
    const { biases, biasScales, enlarged } = quantizeWeights(
      {
        values: Float32Array.of(1e-9, 1),
        shape: [2, 1],
        axis: 0,
        biases: Float32Array.of(-4, 0.5),
      },
      0.02,
    );
    expect(enlarged).toBe(1);
    expect(Math.abs(biases[0] ?? 0)).toBeLessThanOrEqual(2 ** 30 * 1.001);
    expect((biases[0] ?? 0) * (biasScales[0] ?? 0)).toBeCloseTo(-4, 5);
    expect((biases[1] ?? 0) * (biasScales[1] ?? 0)).toBeCloseTo(0.5, 5);
  });

  test('a channel of zeros without a bias is stored with a scale like the others', () => {
    const { values, biases, scales, enlarged } = quantizeWeights(
      { values: Float32Array.of(0, 2), shape: [2, 1], axis: 0, biases: Float32Array.of(0, 1) },
      0.02,
    );
    expect(enlarged).toBe(0);
    expect(scales[0]).toBe(Math.fround(2 / 127));
    expect(values[0]).toBe(0);
    expect(biases[0]).toBe(0);
  });
});
