import type { Preprocessing } from '../../../shared/domain/preprocessing';
import { createInputEncoder } from './encode-input';
import type { TensorData } from './runtime';

export const valueMistakes = [
  'zero-to-one',
  'minus-one-to-one',
  'imagenet',
  'raw',
  'unscaled',
] as const;
export type ValueMistake = (typeof valueMistakes)[number];

type Encoder = (bytes: Uint8Array) => TensorData;

/**
 * How an app with this mistake turns RGB bytes into the model's input tensor. Undefined where the
 * mistake gives this model the same input, within 0.01 of a normalized value, or can't be made.
 */
export function mistakenEncoder(
  mistake: ValueMistake,
  contract: Preprocessing,
): Encoder | undefined {
  const encode = encoderOf(mistake, contract);
  return encode && !isSame(encode, createInputEncoder(contract), contract) ? encode : undefined;
}

function encoderOf(mistake: ValueMistake, contract: Preprocessing): Encoder | undefined {
  const { input } = contract;
  const withNormalization = (mean: Preprocessing['mean'], std: Preprocessing['std']) =>
    createInputEncoder({ ...contract, mean, std });
  switch (mistake) {
    case 'zero-to-one':
      return withNormalization([0, 0, 0], [255, 255, 255]);
    case 'minus-one-to-one':
      return withNormalization([127.5, 127.5, 127.5], [127.5, 127.5, 127.5]);
    case 'imagenet':
      return withNormalization([123.675, 116.28, 103.53], [58.395, 57.12, 57.375]);
    case 'raw':
      if (input.type === 'float32') return withNormalization([0, 0, 0], [1, 1, 1]);
      return input.type === 'uint8' ? (bytes) => bytes : (bytes) => Int8Array.from(bytes);
    case 'unscaled': {
      if (input.type === 'float32') return undefined;
      const normalize = createInputEncoder({ ...contract, input: { type: 'float32' } });
      // An app casts what lies outside to the nearest end (uint8) or lets it wrap (Java's bytes).
      return input.type === 'uint8'
        ? (bytes) => Uint8Array.from(normalize(bytes), (value) => Math.max(0, Math.trunc(value)))
        : (bytes) => Int8Array.from(normalize(bytes), Math.trunc);
    }
  }
}

/** Looked at on every byte that a channel can have. */
function isSame(one: Encoder, other: Encoder, { width, height, input }: Preprocessing): boolean {
  const pixels = width * height;
  const scale = input.type === 'float32' ? 1 : input.scale;
  for (let start = 0; start < 256; start += pixels) {
    const ramp = Uint8Array.from({ length: pixels * 3 }, (_, at) =>
      Math.min(255, start + Math.floor(at / 3)),
    );
    const [a, b] = [one(ramp).slice(), other(ramp).slice()];
    if (a.some((value, at) => Math.abs(value - (b[at] ?? 0)) * scale > 0.01)) return false;
  }
  return true;
}
