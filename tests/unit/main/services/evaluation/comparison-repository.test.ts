import { createComparisonRepository } from '@main/services/evaluation/comparison-repository';
import type { Comparison } from '@shared/domain/comparison';
import { unpackComparison } from '@shared/domain/packed-comparison';
import { expect, it } from 'vitest';
import { createFakeComparison } from '../../../../fakes/fake-comparison';
import { createFakeProject } from '../../../../fakes/fake-project';

const answers = [
  {
    photoId: 1,
    truth: 0,
    probabilities: [
      [0.9, 0.1],
      [0.8000001, 0.1999999],
    ],
  },
  {
    photoId: 2,
    truth: 1,
    probabilities: [
      [0.4, 0.6],
      [0.7, 0.3],
    ],
  },
];
const comparison = createFakeComparison({ answers });
const { id: _, ...unsaved } = comparison;

function open() {
  const { database } = createFakeProject({}).context;
  const repository = createComparisonRepository(database);
  const record = () =>
    database.get<{ record: string }>('SELECT record FROM comparisons')?.record ?? '';
  return { database, repository, record };
}

it('gives back what was saved, packed or not', () => {
  const { repository, record } = open();
  expect(repository.save(unsaved)).toEqual(comparison);
  expect(repository.get('comparison-1')).toEqual(comparison);
  expect(unpackComparison(repository.packed('comparison-1'))).toEqual(comparison);
  // As a few texts: reading a list of 10,000 answers keeps everybody waiting.
  expect((JSON.parse(record()) as Comparison).answers).not.toBeInstanceOf(Array);
});

it('opens a comparison whose answers are a list, as they were once saved, and keeps its note', () => {
  const { database, repository, record } = open();
  repository.save(unsaved);
  database.run('UPDATE comparisons SET record = ?', [JSON.stringify(comparison)]);
  repository.setNote('comparison-1', 'Before');
  const noted = { ...comparison, note: 'Before' };
  expect(repository.get('comparison-1')).toEqual(noted);
  expect((JSON.parse(record()) as Comparison).answers).not.toBeInstanceOf(Array);
  repository.setNote('comparison-1', 'After');
  expect(repository.get('comparison-1')).toEqual({ ...noted, note: 'After' });
});
