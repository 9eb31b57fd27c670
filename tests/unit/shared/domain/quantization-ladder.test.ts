import { quantizationSettingsSchema } from '@shared/domain/model';
import { isWithin, ladderRungs } from '@shared/domain/quantization-ladder';
import { expect, it } from 'vitest';

it('climbs from plain int8 to float16, with the calibration and types that were asked for', () => {
  const base = quantizationSettingsSchema.parse({ io: 'float32', calibration: { count: 7 } });
  const rungs = ladderRungs(base);
  expect(rungs.map(({ precision, biasCorrection }) => [precision, biasCorrection])).toEqual([
    ['int8', false],
    ['int8', true],
    ['int8', true],
    ['int8-weights', true],
    ['float16', false],
  ]);
  expect(rungs.every(({ io, calibration }) => io === 'float32' && calibration.count === 7)).toBe(
    true,
  );
});

it.each([
  [0.005, 200, 1, true],
  [0.005, 199, 1, false],
  [0, 50, 0, true],
  [0, 50, 1, false],
  [0.02, 50, 1, true],
  [0, 50, -3, true],
])('a budget of %d on %d photos allows %d lost: %s', (budget, photos, lost, within) => {
  const float = { bytes: 1, correct: 40, latencyMs: 1 };
  expect(isWithin(40 - lost, { float, photos, budget })).toBe(within);
});
