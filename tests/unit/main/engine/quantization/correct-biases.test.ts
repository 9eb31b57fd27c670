import { meanShift } from '@main/engine/quantization/correct-biases';
import { createRandom } from '@shared/domain/random';
import { describe, expect, it } from 'vitest';

const random = createRandom(9);
const draw = (length: number) => Float32Array.from({ length }, () => random.normal());

describe('meanShift', () => {
  it.each([
    ['FULLY_CONNECTED', [3, 4]],
    ['CONV_2D', [3, 1, 1, 4]],
  ] as const)('is the mean difference that rounding makes: %s', (kind, shape) => {
    const values = draw(12);
    const scales = [0.2, 0.3, 0.4];
    const stored = Int8Array.from(values, (value, i) =>
      Math.round(value / (scales[Math.floor(i / 4)] ?? 1)),
    );
    const inputs = Array.from({ length: 50 }, () => draw(4));
    const outputsOf = (weight: (i: number) => number) =>
      [0, 1, 2].map(
        (out) =>
          inputs.reduce(
            (sum, input) =>
              sum + input.reduce((dot, value, i) => dot + value * weight(out * 4 + i), 0),
            0,
          ) / inputs.length,
      );
    const float = outputsOf((i) => values[i] ?? 0);
    const rounded = outputsOf((i) => (stored[i] ?? 0) * (scales[Math.floor(i / 4)] ?? 1));
    const inputMeans = Float64Array.from(
      [0, 1, 2, 3].map((i) => inputs.reduce((sum, input) => sum + (input[i] ?? 0), 0) / 50),
    );
    const shift = meanShift({
      kind,
      shape,
      values,
      stored: { values: stored, scales },
      inputMeans,
    });
    [...shift].forEach((value, out) => {
      expect(value).toBeCloseTo((rounded[out] ?? 0) - (float[out] ?? 0), 5);
    });
  });

  it('a dense layer on a picture meets each channel at every place', () => {
    const shift = meanShift({
      kind: 'FULLY_CONNECTED',
      shape: [1, 4],
      values: Float32Array.of(0.9, 1.9, 0.8, 1.8),
      stored: { values: Int8Array.of(1, 2, 1, 2), scales: [1] },
      inputMeans: Float64Array.of(10, 100),
    });
    expect(shift[0]).toBeCloseTo(0.3 * 10 + 0.3 * 100, 4);
  });

  it('a grouped convolution sees the channels of its group only', () => {
    const shift = meanShift({
      kind: 'CONV_2D',
      shape: [2, 1, 1, 2],
      values: Float32Array.of(0.9, 0.9, 0.9, 0.9),
      stored: { values: Int8Array.of(1, 1, 1, 1), scales: [1, 1] },
      inputMeans: Float64Array.of(1, 2, 10, 20),
    });
    expect(shift[0]).toBeCloseTo(0.1 * 3, 4);
    expect(shift[1]).toBeCloseTo(0.1 * 30, 4);
  });

  it('a depthwise layer sees its own channel only', () => {
    const values = Float32Array.of(0.26, 0.51, 0.26, 0.51);
    const shift = meanShift({
      kind: 'DEPTHWISE_CONV_2D',
      shape: [1, 2, 1, 2],
      values,
      stored: { values: Int8Array.of(1, 1, 1, 1), scales: [0.25, 0.5] },
      inputMeans: Float64Array.of(10, 100),
    });
    expect(shift[0]).toBeCloseTo(2 * -0.01 * 10, 5);
    expect(shift[1]).toBeCloseTo(2 * -0.01 * 100, 5);
  });
});
