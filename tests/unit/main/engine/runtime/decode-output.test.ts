import { decodeOutput } from '@main/engine/runtime/decode-output';
import { expect, test } from 'vitest';

test('float32 is returned as it is', () => {
  const probabilities = Float32Array.of(0.25, 0.75);
  expect(decodeOutput(probabilities, { type: 'float32' })).toBe(probabilities);
});

test('uint8 at 1/256 spans 0 to 255/256', () => {
  expect(
    decodeOutput(Uint8Array.of(0, 128, 255), { type: 'uint8', scale: 1 / 256, zeroPoint: 0 }),
  ).toEqual(Float32Array.of(0, 0.5, 255 / 256));
});

test('int8 at 1/256 and -128, the encoding of a quantized softmax', () => {
  expect(
    decodeOutput(Int8Array.of(-128, 0, 127), { type: 'int8', scale: 1 / 256, zeroPoint: -128 }),
  ).toEqual(Float32Array.of(0, 0.5, 255 / 256));
});

test('integers under a float32 contract are a defect, not an answer', () => {
  expect(() => decodeOutput(Uint8Array.of(1), { type: 'float32' })).toThrow(TypeError);
});
