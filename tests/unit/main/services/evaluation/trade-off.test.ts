import { createComparisonRepository } from '@main/services/evaluation/comparison-repository';
import { tradeOffOf } from '@main/services/evaluation/trade-off';
import type { Comparison } from '@shared/domain/comparison';
import { expect, it } from 'vitest';
import { createFakeComparison } from '../../../../fakes/fake-comparison';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeProject } from '../../../../fakes/fake-project';

const models = ['model-1', 'model-2', 'model-3'].map((id) => createFakeModel({ id, name: id }));

/** Of models by id and how many of the four photos they have right. */
function compared(
  right: Readonly<Record<string, number>>,
  {
    photoIds = [1, 2, 3, 4],
    runtime = 'LiteRT',
    cpu,
    threads = 2,
  }: { photoIds?: number[]; runtime?: string; cpu?: string; threads?: number } = {},
): Omit<Comparison, 'id'> {
  const fake = createFakeComparison();
  const [template] = fake.models;
  if (!template) throw new Error('The fake has models');
  const { id: _, ...record } = fake;
  return {
    ...record,
    machine: cpu === undefined ? undefined : { cpu, cores: 2, runtime },
    models: Object.entries(right).map(([modelId, correct]) => ({
      ...template,
      modelId,
      correct,
      top1: correct / 4,
      threadedLatencyMs: cpu === undefined ? undefined : { ...template.latencyMs, p50: 5, threads },
      memory: cpu === undefined ? undefined : { peakBytes: 700, of: 'process' as const },
      provenance: { ...template.provenance, by: runtime },
    })),
    answers: photoIds.map((photoId) => ({ photoId, truth: 0, probabilities: [[1, 0]] })),
  };
}

function tradeOff(...saved: Omit<Comparison, 'id'>[]) {
  const repository = createComparisonRepository(createFakeProject({}).context.database);
  for (const comparison of saved) repository.save(comparison);
  return tradeOffOf(models, repository);
}

it('is nothing before any comparison, and when all that were compared are gone', () => {
  expect(tradeOff()).toBeUndefined();
  expect(tradeOff(compared({ 'model-8': 4, 'model-9': 3 }))).toBeUndefined();
});

it('gathers models of several comparisons on the same photos, in any order, with the newest figures', () => {
  const found = tradeOff(
    compared({ 'model-1': 4, 'model-2': 1 }, { photoIds: [4, 3, 2, 1] }),
    compared({ 'model-2': 3, 'model-3': 2 }),
  );
  expect(found).toMatchObject({ split: 'test', photos: 4, runtime: 'LiteRT', leftOut: [] });
  expect(
    found?.models.map(({ modelId, top1, comparisonId, p50 }) => [modelId, top1, comparisonId, p50]),
  ).toEqual([
    ['model-1', 1, 'comparison-1', 9.5],
    ['model-2', 0.75, 'comparison-2', 9.5],
    ['model-3', 0.5, 'comparison-2', 9.5],
  ]);
});

it('leaves out, and says why, what was measured otherwise or never', () => {
  const found = tradeOff(
    compared({ 'model-1': 4, 'model-9': 4 }, { photoIds: [1, 2, 3, 5] }),
    compared({ 'model-2': 4, 'model-9': 4 }, { runtime: 'Another' }),
    compared({ 'model-3': 4, 'model-9': 4 }),
  );
  expect(found?.models.map(({ modelId }) => modelId)).toEqual(['model-3']);
  expect(found?.leftOut).toEqual([
    { modelId: 'model-1', name: 'model-1', why: 'other-photos' },
    { modelId: 'model-2', name: 'model-2', why: 'other-runtime' },
  ]);
  const never = tradeOff(compared({ 'model-1': 4, 'model-2': 4 }));
  expect(never?.leftOut).toEqual([{ modelId: 'model-3', name: 'model-3', why: 'never-compared' }]);
});

it('takes costs of the newest comparison’s computer and threads; comparisons of before have none', () => {
  const found = tradeOff(
    compared({ 'model-1': 4, 'model-9': 4 }),
    compared({ 'model-2': 4, 'model-9': 4 }, { cpu: 'Fast One', threads: 4 }),
    compared({ 'model-3': 4, 'model-9': 4 }, { cpu: 'Fast One' }),
  );
  expect(found).toMatchObject({ cpu: 'Fast One', threads: 2, leftOut: [] });
  expect(
    found?.models.map(({ modelId, threadedP50, peakBytes }) => [modelId, threadedP50, peakBytes]),
  ).toEqual([
    ['model-1', undefined, undefined],
    ['model-2', undefined, 700],
    ['model-3', 5, 700],
  ]);
  const elsewhere = tradeOff(
    compared({ 'model-2': 4, 'model-9': 4 }, { cpu: 'Slow One' }),
    compared({ 'model-3': 4, 'model-1': 4 }, { cpu: 'Fast One' }),
  );
  expect(elsewhere?.leftOut).toEqual([
    { modelId: 'model-2', name: 'model-2', why: 'other-computer' },
  ]);
});
