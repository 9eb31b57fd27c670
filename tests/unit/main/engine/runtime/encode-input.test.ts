import { createInputEncoder } from '@main/engine/runtime/encode-input';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

/** All 256 bytes, the same in each channel: 16 x 16 pixels. */
const allBytes = Uint8Array.from({ length: 16 * 16 * 3 }, (_, i) => Math.floor(i / 3));
const size = { width: 16, height: 16 };
const efficientNet = {
  ...size,
  mean: [127, 127, 127] as [number, number, number],
  std: [128, 128, 128] as [number, number, number],
};

test('float32: normalized by mean and standard deviation of each channel', () => {
  const encode = createInputEncoder({
    width: 1,
    height: 2,
    mean: [0, 10, 20],
    std: [1, 2, 4],
    input: { type: 'float32' },
  });
  expect(encode(Uint8Array.from([5, 10, 20, 255, 0, 24]))).toEqual(
    Float32Array.from([5, 0, 0, 255, -5, 1]),
  );
});

describe('stored integers', () => {
  test('int8 at scale 1/128 and zero point -1 is the byte minus 128, exactly', () => {
    const encode = createInputEncoder({
      ...efficientNet,
      input: { type: 'int8', scale: 1 / 128, zeroPoint: -1 },
    });
    const stored = encode(allBytes);
    expect(stored).toBeInstanceOf(Int8Array);
    expect(Array.from(stored)).toEqual(Array.from(allBytes, (byte) => byte - 128));
  });

  test('uint8 at scale 1/128 and zero point 127 takes the bytes as they are, uncopied', () => {
    const encode = createInputEncoder({
      ...efficientNet,
      input: { type: 'uint8', scale: 1 / 128, zeroPoint: 127 },
    });
    expect(encode(allBytes)).toBe(allBytes);
  });

  test('values outside the range of the encoding are stored as its ends', () => {
    const encode = createInputEncoder({
      ...efficientNet,
      input: { type: 'int8', scale: 1 / 256, zeroPoint: 0 },
    });
    const stored = encode(allBytes);
    expect(stored[0]).toBe(-128);
    expect(stored[stored.length - 1]).toBe(127);
  });

  test('storing and decoding loses at most half a step inside the range', () => {
    const channel = fc.tuple(
      fc.double({ min: 0, max: 255, noNaN: true }),
      fc.double({ min: 20, max: 255, noNaN: true }),
    );
    fc.assert(
      fc.property(channel, channel, channel, (red, green, blue) => {
        const scale = 0.15;
        const mean: [number, number, number] = [red[0], green[0], blue[0]];
        const std: [number, number, number] = [red[1], green[1], blue[1]];
        const contract = { ...size, mean, std };
        const real = createInputEncoder({ ...contract, input: { type: 'float32' } })(allBytes);
        const stored = createInputEncoder({
          ...contract,
          input: { type: 'int8', scale, zeroPoint: 0 },
        })(allBytes);
        stored.forEach((value, index) => {
          expect(Math.abs(value * scale - (real[index] ?? 0))).toBeLessThanOrEqual(
            scale / 2 + 1e-5,
          );
        });
      }),
      { numRuns: 30 },
    );
  });
});

test('pictures of another size are refused', () => {
  const encode = createInputEncoder({ ...efficientNet, input: { type: 'float32' } });
  expect(() => encode(new Uint8Array(3))).toThrow(/16x16 has 768 bytes, got 3/);
});
