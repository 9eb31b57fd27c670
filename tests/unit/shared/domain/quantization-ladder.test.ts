import { quantizationSettingsSchema } from '@shared/domain/model';
import { int8Rungs, isWithin, mixedRungs, storageRungs } from '@shared/domain/quantization-ladder';
import { expect, it } from 'vitest';

it('climbs from plain int8 to float16, with the calibration and types that were asked for', () => {
  const base = quantizationSettingsSchema.parse({ io: 'float32', calibration: { count: 7 } });
  const rungs = [...int8Rungs(base), ...storageRungs(base)];
  expect(
    rungs.map(({ precision, biasCorrection, roundingSearch }) => [
      precision,
      biasCorrection,
      roundingSearch,
    ]),
  ).toEqual([
    ['int8', false, false],
    ['int8', true, false],
    ['int8', true, false],
    ['int8', true, false],
    ['int8', true, true],
    ['int8-weights', true, false],
    ['float16', false, false],
  ]);
  expect(rungs.every(({ io, calibration }) => io === 'float32' && calibration.count === 7)).toBe(
    true,
  );
});

it('keeps one, two, four and eight of the worst tensors in float, as far as there are any', () => {
  const best = quantizationSettingsSchema.parse({ io: 'float32' });
  const worst = ['a', 'b', 'c', 'd', 'e'];
  const rungs = mixedRungs(best, worst);
  expect(rungs.map(({ keepFloat }) => keepFloat.join(''))).toEqual(['a', 'ab', 'abcd']);
  expect(rungs.every(({ precision, io }) => precision === 'int8' && io === 'float32')).toBe(true);
  expect(mixedRungs(best, [])).toEqual([]);
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
