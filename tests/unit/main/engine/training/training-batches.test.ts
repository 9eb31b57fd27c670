import { describe, expect, it } from 'vitest';
import {
  type BatchOptions,
  epochBatches,
  smoothedTargets,
} from '@main/engine/training/training-batches';
import { createRandom } from '@shared/domain/random';

const photos = {
  features: Float32Array.of(1, 10, 2, 20, 3, 30, 4, 40, 5, 50),
  labels: Int32Array.of(0, 1, 0, 1, 0),
};

function options(changes: Partial<BatchOptions> = {}): BatchOptions {
  return {
    width: 2,
    classes: 2,
    batchSize: 2,
    dropout: 0,
    droppedWidth: 2,
    labelSmoothing: 0,
    classWeights: Float32Array.of(1, 3),
    order: createRandom(1),
    dropped: createRandom(2),
    ...changes,
  };
}

describe('epochBatches', () => {
  it('brings every row once with its own target and weight, the last batch smaller', () => {
    const batches = [...epochBatches([photos], options())];
    expect(batches.map(({ size }) => size)).toEqual([2, 2, 1]);
    const rows = batches.flatMap(({ size, features, targets, weights }) =>
      Array.from({ length: size }, (_, row) => [
        ...features.subarray(row * 2, row * 2 + 2),
        ...targets.subarray(row * 2, row * 2 + 2),
        weights[row],
      ]),
    );
    expect(rows.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual([
      [1, 10, 1, 0, 1],
      [2, 20, 0, 1, 3],
      [3, 30, 1, 0, 1],
      [4, 40, 0, 1, 3],
      [5, 50, 1, 0, 1],
    ]);
  });

  it('takes in mirrored views beside the photos', () => {
    const mirrored = { features: photos.features.map((value) => -value), labels: photos.labels };
    const batches = [...epochBatches([photos, mirrored], options({ batchSize: 10 }))];
    const firsts = [...(batches[0]?.features ?? [])].filter((_, index) => index % 2 === 0);
    expect(firsts.toSorted((a, b) => a - b)).toEqual([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]);
  });

  it('orders each epoch differently, and the same for the same seed', () => {
    const order = (settings: BatchOptions) =>
      [...epochBatches([photos], settings)].flatMap(({ features }) => [...features]);
    const running = options();
    const first = order(running);
    expect(order(running)).not.toEqual(first);
    expect(order(options())).toEqual(first);
  });

  it('drops about the share asked for and scales the rest up', () => {
    const many = { features: new Float32Array(4000), labels: new Int32Array(2000) };
    const [batch] = epochBatches([many], options({ batchSize: 2000, dropout: 0.25 }));
    const keep = [...(batch?.keep ?? [])];
    expect(new Set(keep)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
    const dropped = keep.filter((value) => value === 0).length / keep.length;
    expect(dropped).toBeGreaterThan(0.22);
    expect(dropped).toBeLessThan(0.28);
  });

  it('has no mask without dropout', () => {
    const [batch] = epochBatches([photos], options());
    expect(batch?.keep).toBeUndefined();
  });
});

describe('smoothedTargets', () => {
  it('moves the smoothing evenly to all classes', () => {
    // 0.1 / 4 = 0.025 for each, 0.9 more for the label.
    expect([...smoothedTargets(Int32Array.of(2), 4, 0.1)]).toEqual(
      [0.025, 0.025, 0.925, 0.025].map((value) => expect.closeTo(value, 6)),
    );
  });
});
