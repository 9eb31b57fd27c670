import { writeTflite } from '@main/engine/graph/write-tflite';
import { expect, test } from 'vitest';
import { mutations } from '../../../../fixtures/mutated-tflite/mutations';
import { type MutationName, readMutated } from '../../../../fixtures/mutated-tflite/read-mutated';
import { smallClassifier } from '../../../../fixtures/small-classifier';

const file = writeTflite(smallClassifier());
const filesEach = 1250;

const names = Object.keys(mutations) as MutationName[];

test.each(names.map((name, index) => ({ name, first: index * filesEach })))(
  '1,250 files with $name open, or are refused',
  async ({ name, first }) => {
    const seeds = Array.from({ length: filesEach }, (_, index) => first + index);
    const { opened, refused, defects, peakMegabytes } = await readMutated({
      file,
      mutation: name,
      seeds,
    });
    expect(defects).toEqual([]);
    expect(opened + refused).toBe(filesEach);
    expect(refused).toBeGreaterThan(0);
    expect(peakMegabytes).toBeLessThan(1024);
  },
);

test('a file that never ends is named by its seed, and its thread is ended', async () => {
  const reading = readMutated({ file, mutation: 'endless', seeds: [41] }, { perFileMs: 100 });
  await expect(reading).rejects.toThrow('seed 41: took more than 100 ms');
});

test('a file that takes too much memory is named by its seed', async () => {
  const reading = readMutated({ file, mutation: 'greedy', seeds: [42] }, { heapMegabytes: 64 });
  await expect(reading).rejects.toThrow(/^seed 42: .*memory/);
});

test('a file that takes much memory in typed arrays, beside the heap, is seen to', async () => {
  const { peakMegabytes } = await readMutated({ file, mutation: 'wide', seeds: [44] });
  expect(peakMegabytes).toBeGreaterThan(400);
});

test('an error that is no refusal is a defect', async () => {
  const { defects } = await readMutated({ file, mutation: 'defect', seeds: [43] });
  expect(defects).toEqual(['seed 43: RangeError: no such offset']);
});
