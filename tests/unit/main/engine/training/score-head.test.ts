import { scoreHead } from '@main/engine/training/score-head';
import { loadTensorEngine } from '@main/engine/training/tensor-engine';
import { trainingSettingsSchema } from '@shared/domain/model';
import { createRandom } from '@shared/domain/random';
import { describe, expect, it } from 'vitest';

const engine = await loadTensorEngine();
const settings = trainingSettingsSchema.parse({ epochs: 40, learningRate: 0.05, patience: 5 });
const { signal } = new AbortController();

/** Two classes around -1 and 1, apart by `distance` standard deviations; rows alternate. */
function rowsApart(distance: number, count = 80) {
  const random = createRandom(3);
  const labels = Int32Array.from({ length: count }, (_, row) => row % 2);
  const features = Float32Array.from(
    { length: count * 4 },
    (_, at) => ((labels[Math.floor(at / 4)] ?? 0) * 2 - 1) * distance + random.normal(),
  );
  return { features, labels, width: 4, classes: 2 };
}
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('scoreHead', () => {
  it('tells which rows are right, of those that it did not learn from', async () => {
    const parts = { learn: range(0, 60), held: range(60, 80) };
    const easy = await scoreHead(engine, rowsApart(2), parts, settings, signal);
    expect(easy.right).toEqual(Array(20).fill(true));
    const hard = await scoreHead(engine, rowsApart(0), parts, settings, signal);
    expect(hard.right.filter(Boolean).length).toBeLessThan(18);
    expect(hard.loss).toBeGreaterThan(easy.loss);
  });

  it('is the same again with the same seed, and learns from a row a class alone', async () => {
    const parts = { learn: [0, 1], held: range(60, 80) };
    const first = await scoreHead(engine, rowsApart(2), parts, settings, signal);
    expect(await scoreHead(engine, rowsApart(2), parts, settings, signal)).toEqual(first);
    expect(first.right.filter(Boolean).length).toBeGreaterThan(10);
  });

  it('is cancelled', async () => {
    const parts = { learn: range(0, 60), held: range(60, 80) };
    const run = scoreHead(engine, rowsApart(1), parts, settings, AbortSignal.abort());
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  });
});
