import { migrate } from '@main/platform/database/migrate';
import { migrations } from '@main/platform/database/migrations';
import { openDatabase } from '@main/platform/database/open-database';
import { createComparisonRepository } from '@main/services/evaluation/comparison-repository';
import { expect, test } from 'vitest';
import { createFakeComparison } from '../../../../fakes/fake-comparison';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';

test('an edit of the split settings from before step 2 can still be undone', () => {
  const database = openDatabase(`${temporaryFolder()}/project.sqlite`);
  migrate(database, migrations.slice(0, 1));
  const [before, after] = [
    { ratio: { train: 0.7, validation: 0.15, test: 0.15 }, seed: 1 },
    { ratio: { train: 0.8, validation: 0.1, test: 0.1 }, seed: 2 },
  ];
  const insert = "INSERT INTO history (description, patch, created_at) VALUES ('', ?, '')";
  database.run(insert, [JSON.stringify({ photos: [], splitting: { before, after } })]);
  database.run(insert, [JSON.stringify({ photos: [] })]);
  migrate(database, migrations);
  const patches = database
    .all<{ patch: string }>('SELECT patch FROM history ORDER BY id')
    .map(({ patch }) => JSON.parse(patch) as unknown);
  expect(patches).toEqual([
    {
      photos: [],
      settings: [
        { key: 'dataset.split', before: JSON.stringify(before), after: JSON.stringify(after) },
      ],
    },
    { photos: [] },
  ]);
  database.close();
});

test('a project from before phones were asked opens, and has what they need', () => {
  const database = openDatabase(`${temporaryFolder()}/project.sqlite`);
  migrate(database, migrations.slice(0, 2));
  migrate(database, migrations);
  const tables = database
    .all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .map(({ name }) => name);
  expect(tables).toEqual(expect.arrayContaining(['corrections', 'phone_measurements']));
  database.close();
});

test('comparisons of before lists had digests are listed, measured and found as new ones are', () => {
  const database = openDatabase(`${temporaryFolder()}/project.sqlite`);
  migrate(database, migrations.slice(0, 3));
  const photo = (photoId: number) => ({
    photoId,
    truth: 0,
    probabilities: [
      [1, 0],
      [0.5, 0.5],
    ],
  });
  const [first, second] = [
    createFakeComparison({ answers: [photo(12), photo(2), photo(7)] }),
    createFakeComparison({ id: 'comparison-2', note: 'Ann’s', generated: true }),
  ];
  for (const record of [first, second]) {
    database.run('INSERT INTO comparisons (id, created_at, record) VALUES (?, ?, ?)', [
      record.id,
      record.createdAt,
      JSON.stringify(record),
    ]);
  }
  migrate(database, migrations);
  const fresh = openDatabase(`${temporaryFolder()}/project.sqlite`);
  migrate(fresh, migrations);
  const [old, now] = [database, fresh].map((each) => createComparisonRepository(each));
  for (const record of [first, second]) now?.save(record);
  expect(old?.list()).toEqual(now?.list());
  expect(old?.list()[0]).toMatchObject({ id: 'comparison-2', note: 'Ann’s' });
  expect(old?.measured(9)).toEqual(now?.measured(9));
  expect(old?.measured(9).map(({ photos }) => photos)).toEqual(['', '2,7,12']);
  expect(old?.latestWith('model-2')).toEqual(second);
  database.close();
  fresh.close();
});
