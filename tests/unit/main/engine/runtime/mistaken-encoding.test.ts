import { mistakenEncoder, type ValueMistake } from '@main/engine/runtime/mistaken-encoding';
import { describe, expect, it } from 'vitest';
import { createPreprocessing } from '../../../../fakes/fake-model';

/** One pixel a time, so that a test can say what becomes of it. */
const pixel = { width: 1, height: 1, mean: [127, 127, 127], std: [128, 128, 128] } as const;
const float = createPreprocessing({
  ...pixel,
  mean: [127, 127, 127],
  std: [128, 128, 128],
});
const uint8 = createPreprocessing({
  ...float,
  input: { type: 'uint8', scale: 1 / 128, zeroPoint: 127 },
});
const int8 = createPreprocessing({
  ...float,
  input: { type: 'int8', scale: 1 / 128, zeroPoint: -1 },
});

const encode = (mistake: ValueMistake, contract = float) => {
  const encoder = mistakenEncoder(mistake, contract);
  return encoder && [...encoder(Uint8Array.of(0, 51, 255))];
};

describe('into a float32 input', () => {
  it.each<[ValueMistake, number[]]>([
    ['zero-to-one', [0, 0.2, 1]],
    ['raw', [0, 51, 255]],
    ['imagenet', [-2.1179, -1.1429, 2.64]],
  ])('%s', (mistake, values) => {
    encode(mistake)?.forEach((value, at) => expect(value).toBeCloseTo(values[at] ?? 9, 3));
    expect(encode(mistake)).toHaveLength(3);
  });

  it('a mistake of less than 0.01 is none, a larger one is', () => {
    expect(encode('minus-one-to-one')).toBeUndefined();
    const other = { ...float, mean: [0, 0, 0] as [number, number, number] };
    expect(encode('minus-one-to-one', other)?.[0]).toBeCloseTo(-1);
  });

  it('there is no scale to forget', () => expect(encode('unscaled')).toBeUndefined());
});

describe('into a quantized input', () => {
  it('bytes as they are suit uint8, and wrap in int8', () => {
    expect(encode('raw', uint8)).toBeUndefined();
    expect(encode('raw', int8)).toEqual([0, 51, -1]);
  });

  it('a cast without the scale leaves next to nothing', () => {
    expect(encode('unscaled', uint8)).toEqual([0, 0, 1]);
    expect(encode('unscaled', int8)).toEqual([0, 0, 1]);
  });

  it('other normalizations are stored by the input’s scale', () => {
    expect(encode('zero-to-one', uint8)).toEqual([127, 153, 255]);
  });
});
