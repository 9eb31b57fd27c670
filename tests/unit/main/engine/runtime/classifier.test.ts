import { createClassifier } from '@main/engine/runtime/classifier';
import type { LoadedModel, TensorInfo } from '@main/engine/runtime/runtime';
import { expect, test } from 'vitest';
import { createPreprocessing } from '../../../../fakes/fake-model';

const image: TensorInfo = { name: 'image', type: 'uint8', shape: [1, 4, 4, 3] };
const probabilities: TensorInfo = { name: 'probabilities', type: 'uint8', shape: [1, 2] };

const contract = createPreprocessing({
  mean: [127, 127, 127],
  std: [128, 128, 128],
  input: { type: 'uint8', scale: 1 / 128, zeroPoint: 127 },
  output: { type: 'uint8', scale: 1 / 256, zeroPoint: 0 },
});

/** Answers with its first input value and what is left to 255. */
const modelWith = (inputs: TensorInfo[], outputs: TensorInfo[]): LoadedModel => ({
  inputs,
  outputs,
  loadMs: 1,
  lastRunMs: 0,
  run: async ([input]) => [Uint8Array.of(input?.[0] ?? 0, 255 - (input?.[0] ?? 0))],
  dispose: () => undefined,
});

test('stores the bytes, runs the model and decodes its answer', async () => {
  const classify = createClassifier(modelWith([image], [probabilities]), contract);
  expect(await classify(new Uint8Array(48).fill(64))).toEqual(Float32Array.of(0.25, 191 / 256));
});

test.each([
  ['another input type', [{ ...image, type: 'float32' as const }], [probabilities]],
  ['another picture size', [{ ...image, shape: [1, 5, 5, 3] }], [probabilities]],
  ['another number of labels', [image], [{ ...probabilities, shape: [1, 3] }]],
  ['two inputs', [image, image], [probabilities]],
])('refuses a file whose contract names %s', (_, inputs, outputs) => {
  expect(() => createClassifier(modelWith(inputs, outputs), contract)).toThrow(
    expect.objectContaining({ code: 'model-broken' }),
  );
});
