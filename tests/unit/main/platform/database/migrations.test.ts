import { migrate } from '@main/platform/database/migrate';
import { migrations } from '@main/platform/database/migrations';
import { openDatabase } from '@main/platform/database/open-database';
import { expect, test } from 'vitest';
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
