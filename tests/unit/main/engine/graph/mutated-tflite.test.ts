import { cleanGraph } from '@main/engine/graph/clean-graph';
import { readTflite } from '@main/engine/graph/read-tflite';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { AppError } from '@shared/api/errors';
import { createRandom, type Random } from '@shared/domain/random';
import { expect, test } from 'vitest';
import { smallClassifier } from '../../../../fixtures/small-classifier';

const sound = writeTflite(smallClassifier());

const mutations: Record<string, (file: Uint8Array, random: Random) => Uint8Array> = {
  'flipped bits'(file, random) {
    const copy = file.slice();
    for (let flips = 1 + random.index(8); flips > 0; flips -= 1) {
      const at = random.index(copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << random.index(8));
    }
    return copy;
  },
  'cut short': (file, random) => file.slice(0, random.index(file.length)),
  'random offsets'(file, random) {
    const copy = file.slice();
    const view = new DataView(copy.buffer);
    for (let words = 1 + random.index(4); words > 0; words -= 1) {
      const at = 4 * random.index(Math.floor(copy.length / 4));
      view.setUint32(at, Math.floor(random.next() * 2 ** 32), true);
    }
    return copy;
  },
  // Offsets that point inside the file make readers go round in circles.
  'near offsets'(file, random) {
    const copy = file.slice();
    const view = new DataView(copy.buffer);
    for (let words = 1 + random.index(4); words > 0; words -= 1) {
      const at = 4 * random.index(Math.floor(copy.length / 4));
      view.setUint32(at, random.index(copy.length), true);
    }
    return copy;
  },
};

test.each(Object.entries(mutations))('1,250 files with %s open, or are refused', (_, mutate) => {
  const random = createRandom(7);
  let opened = 0;
  for (let file = 0; file < 1250; file += 1) {
    const bytes = mutate(sound, random);
    try {
      cleanGraph(readTflite(bytes));
      opened += 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      expect(['model-unreadable', 'model-unsupported']).toContain(error.code);
      expect(error.message.length).toBeGreaterThan(10);
    }
  }
  expect(opened).toBeLessThan(1250);
});
