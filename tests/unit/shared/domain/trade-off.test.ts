import { type MeasuredModel, priced, undominated } from '@shared/domain/trade-off';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const model = (modelId: string, top1: number, bytes: number, p50 = bytes): MeasuredModel => ({
  modelId,
  name: modelId,
  precision: 'int8',
  top1,
  top1Interval: { low: 0, high: 1 },
  bytes,
  p50,
  comparisonId: 'comparison-1',
});

it('keeps what no other model beats, by the cost that is asked for', () => {
  const models = [
    model('model-1', 0.99, 13, 9),
    model('model-2', 0.98, 4, 6),
    model('model-3', 0.98, 7, 5),
    model('model-4', 0.97, 4, 8),
  ];
  expect([...undominated(priced(models, 'bytes'))]).toEqual(['model-2', 'model-1']);
  expect([...undominated(priced(models, 'p50'))]).toEqual(['model-3', 'model-1']);
});

it('keeps both of two that are alike', () => {
  const twins = [model('model-1', 0.9, 4), model('model-2', 0.9, 4)];
  expect(undominated(priced(twins, 'bytes')).size).toBe(2);
});

it('always keeps the most accurate one and the cheapest one', () => {
  const figures = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 })),
    {
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(figures, (pairs) => {
      const models = pairs.map(([right, bytes], i) => model(`model-${i}`, right / 9, bytes));
      const kept = models.filter(({ modelId }) =>
        undominated(priced(models, 'bytes')).has(modelId),
      );
      expect(Math.max(...kept.map(({ top1 }) => top1))).toBe(
        Math.max(...models.map(({ top1 }) => top1)),
      );
      expect(Math.min(...kept.map(({ bytes }) => bytes))).toBe(
        Math.min(...models.map(({ bytes }) => bytes)),
      );
    }),
  );
});

it('leaves out of a price who has none, and orders the others by it', () => {
  const models = [
    { ...model('model-1', 0.9, 4), threadedP50: 3 },
    model('model-2', 0.9, 1),
    { ...model('model-3', 0.9, 5), threadedP50: 2 },
  ];
  expect(priced(models, 'threadedP50').map(({ modelId, price }) => [modelId, price])).toEqual([
    ['model-3', 2],
    ['model-1', 3],
  ]);
});
