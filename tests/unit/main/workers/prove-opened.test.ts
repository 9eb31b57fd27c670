import type { Runtime, TensorInfo } from '@main/engine/runtime/runtime';
import { drawnPictures } from '@main/workers/proof-pictures';
import { proveOpened } from '@main/workers/prove-opened';
import { expect, it } from 'vitest';
import { createPreprocessing } from '../../../fakes/fake-model';

const preprocessing = createPreprocessing();
const values = preprocessing.width * preprocessing.height * 3;

/** The file that came answers the first list, the copy the second: an answer a picture. */
function prove(came: number[][], copied: number[][]) {
  const info = (name: string, count: number): TensorInfo => ({
    name,
    type: 'float32',
    shape: [1, count],
  });
  const loads = [came, copied];
  const runtime: Runtime = {
    name: 'Fake runtime 1.0',
    threads: 1,
    apart: false,
    load: async () => {
      const answers = loads.shift() ?? [];
      return {
        inputs: [info('image', values)],
        outputs: [info('probabilities', 2)],
        loadMs: 1,
        lastRunMs: 1,
        run: async () => [Float32Array.from(answers.shift() ?? [])],
        dispose: () => undefined,
      };
    },
    dispose: async () => undefined,
  };
  const file = new Uint8Array([1]);
  return proveOpened(
    {
      ...{ source: file, file, preprocessing, own: ['banana', 'hat'], rows: [0, 1] },
      pictures: drawnPictures(preprocessing),
    },
    { runtime: async () => runtime, signal: new AbortController().signal },
  );
}

const answers = () => [
  [0.75, 0.25],
  [0.5, 0.5],
  [0.25, 0.75],
];

it('tells the largest difference of the copy from the file', async () => {
  expect(await prove(answers(), answers())).toEqual({
    runtime: 'Fake runtime 1.0',
    proof: { pictures: 3, of: 'drawn', largestDifference: 0 },
  });
});

it('refuses a copy that answers otherwise, and one whose answers are no numbers', async () => {
  const other = answers();
  other[1] = [0.6, 0.4];
  await expect(prove(answers(), other)).rejects.toMatchObject({ code: 'model-broken' });
  // What follows is right: it must not make up for it.
  const none = answers();
  none[0] = [Number.NaN, Number.NaN];
  await expect(prove(answers(), none)).rejects.toMatchObject({ code: 'model-broken' });
});
