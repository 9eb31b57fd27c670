import { measureLeakWorth } from '@main/engine/curation/leak-worth';
import { createRandom } from '@shared/domain/random';
import { meanInterval } from '@shared/domain/statistics';
import { describe, expect, it } from 'vitest';

/**
 * Rows that say little of their class, `copies` of each: a classifier can only know a test row by
 * having seen its copy.
 */
function noisyRows(originals: number, copies: number, width = 48) {
  const random = createRandom(5);
  const count = originals * copies;
  const data = new Float32Array(count * width);
  const labels = new Int32Array(count);
  const units = new Int32Array(count);
  for (let original = 0; original < originals; original += 1) {
    const label = original % 4;
    const base = Array.from({ length: width }, (_, at) => random.normal() + (at === label ? 1 : 0));
    for (let copy = 0; copy < copies; copy += 1) {
      const row = original * copies + copy;
      const values = base.map((value) => value + 0.05 * random.normal());
      const length = Math.hypot(...values);
      data.set(
        values.map((value) => value / length),
        row * width,
      );
      labels[row] = label;
      units[row] = original;
    }
  }
  return { rows: { count, width, data }, labels, units };
}

const question = { classes: 4, testShare: 0.2, repeats: 8, seed: 1 };

describe('what a leak is worth', () => {
  it('is much where each photo has copies that a split deals apart', () => {
    const { naive, honest, leaked } = measureLeakWorth({ ...noisyRows(80, 3), ...question });
    const gain = meanInterval(naive.map((value, repeat) => value - (honest[repeat] ?? 0)));
    expect(gain.interval.low).toBeGreaterThan(0.15);
    expect(Math.min(...leaked)).toBeGreaterThan(0.7);
  });

  it('is nothing where there are no copies', () => {
    const { naive, honest, leaked } = measureLeakWorth({ ...noisyRows(240, 1), ...question });
    const gain = meanInterval(naive.map((value, repeat) => value - (honest[repeat] ?? 0)));
    expect(gain.interval.low).toBeLessThanOrEqual(0);
    expect(gain.interval.high).toBeGreaterThanOrEqual(0);
    expect(leaked).toEqual(Array.from({ length: question.repeats }, () => 0));
  });

  it('is the same for the same photos and seed', () => {
    const rows = noisyRows(40, 2);
    expect(measureLeakWorth({ ...rows, ...question })).toEqual(
      measureLeakWorth({ ...rows, ...question }),
    );
  });

  it('can be stopped', () => {
    let steps = 0;
    const checkpoint = () => {
      steps += 1;
      if (steps > 3) throw new Error('stopped');
    };
    expect(() => measureLeakWorth({ ...noisyRows(40, 2), ...question, checkpoint })).toThrow(
      'stopped',
    );
  });
});
