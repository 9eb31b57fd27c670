import { defaultSplitRatio, splits } from '@shared/domain/split';
import { describe, expect, it } from 'vitest';
import {
  createDatasetProject,
  type DatasetProject,
  insertPhotoRows,
} from '../../../../../fixtures/dataset-project';

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** 300 photos; label 1 on 1..200, label 2 on 201..220. */
async function createSplit(): Promise<DatasetProject> {
  const project = createDatasetProject();
  insertPhotoRows(project.context, 300);
  await project.call('dataset.createLabel', { name: 'many' });
  await project.call('dataset.createLabel', { name: 'few' });
  await project.call('dataset.assignLabel', { photoIds: range(1, 200), labelId: 1 });
  await project.call('dataset.assignLabel', { photoIds: range(201, 220), labelId: 2 });
  return project;
}

const splitById = async (project: DatasetProject) =>
  new Map((await project.photos()).map((photo) => [photo.id, photo.split]));

describe('the split', () => {
  it('gives every class its shares, the small one too', async () => {
    const { call } = await createSplit();
    expect((await call('dataset.summary', {})).labels).toMatchObject([
      { train: 140, validation: 30, test: 30 },
      { train: 14, validation: 3, test: 3 },
    ]);
  });

  it('never moves a photo when others come, or when it gets another label', async () => {
    const project = await createSplit();
    const before = await splitById(project);
    await project.call('dataset.assignLabel', { photoIds: range(221, 300), labelId: 2 });
    await project.call('dataset.assignLabel', { photoIds: range(1, 50), labelId: 2 });
    const after = await splitById(project);
    for (const id of range(1, 220)) expect(after.get(id)).toBe(before.get(id));
  });

  it('is kept for a photo that loses its label and gets one again', async () => {
    const project = await createSplit();
    const before = await splitById(project);
    await project.call('dataset.assignLabel', { photoIds: range(1, 100) });
    expect((await project.photos({ split: 'test' })).every(({ labelId }) => labelId)).toBe(true);
    expect((await splitById(project)).get(1)).toBeUndefined();
    await project.call('dataset.assignLabel', { photoIds: range(1, 100), labelId: 1 });
    expect(await splitById(project)).toEqual(before);
  });

  it('spreads neighbors over the splits', async () => {
    const project = await createSplit();
    const tested = [...(await splitById(project))].flatMap(([id, split]) =>
      split === 'test' && id <= 200 ? [id] : [],
    );
    const gaps = new Set(tested.slice(1).map((id, index) => id - (tested[index] ?? 0)));
    // Dealt in order of import, every sixth or seventh photo would be a test photo.
    expect(gaps.size).toBeGreaterThan(5);
  });

  it('anew follows ratio and seed, and can be taken back', async () => {
    const project = await createSplit();
    const before = await splitById(project);
    const ratio = { train: 0.5, validation: 0.25, test: 0.25 };
    expect(await project.call('splits.splitAnew', { ratio, seed: 7 })).toEqual({
      description: 'Split all photos anew (50/25/25)',
    });
    const summary = await project.call('dataset.summary', {});
    expect(summary).toMatchObject({ ratio, splits: { train: 110, validation: 55, test: 55 } });
    const seventh = await splitById(project);
    await project.call('splits.splitAnew', { ratio, seed: 8 });
    expect(await splitById(project)).not.toEqual(seventh);
    await project.call('splits.splitAnew', { ratio, seed: 7 });
    expect(await splitById(project)).toEqual(seventh);
    for (const _ of range(1, 3)) await project.call('dataset.undo', {});
    expect(await splitById(project)).toEqual(before);
    expect((await project.call('dataset.summary', {})).ratio).toEqual(defaultSplitRatio);
  });

  it('without a test share gives no test photo', async () => {
    const project = await createSplit();
    const ratio = { train: 0.8, validation: 0.2, test: 0 };
    await project.call('splits.splitAnew', { ratio, seed: 1 });
    const counts = splits.map(async (split) => (await project.photos({ split })).length);
    expect(await Promise.all(counts)).toEqual([176, 44, 0]);
  });
});

it('photos of a group never straddle, also those that are labeled later', async () => {
  const project = createDatasetProject();
  insertPhotoRows(project.context, 120);
  const { database } = project.context;
  // Groups of three, far apart in the order of import.
  database.run(
    'INSERT INTO split_groups (photo_id, group_id) SELECT id, (id - 1) % 40 + 1 FROM photos',
  );
  const { label } = await project.call('dataset.createLabel', { name: 'hat' });
  const splitsOfGroups = () =>
    database.all<{ splits: number }>(
      `SELECT count(DISTINCT split) AS splits FROM photos
       JOIN split_groups ON photo_id = photos.id
       WHERE label_id IS NOT NULL GROUP BY group_id`,
    );
  const firstHalf = Array.from({ length: 60 }, (_, index) => index + 1);
  await project.call('dataset.assignLabel', { photoIds: firstHalf, labelId: label.id });
  const later = Array.from({ length: 60 }, (_, index) => index + 61);
  await project.call('dataset.assignLabel', { photoIds: later, labelId: label.id });
  expect(splitsOfGroups().every(({ splits }) => splits === 1)).toBe(true);

  database.run("UPDATE photos SET split = CASE id % 2 WHEN 0 THEN 'train' ELSE 'test' END");
  await project.call('splits.splitAnew', {
    ratio: { train: 0.7, validation: 0.15, test: 0.15 },
    seed: 4,
  });
  expect(splitsOfGroups().every(({ splits }) => splits === 1)).toBe(true);
  const { splits } = await project.call('dataset.summary', {});
  expect(splits.train).toBeGreaterThan(75);
  expect(splits.test).toBeGreaterThan(11);
  expect(splits.validation).toBeGreaterThan(11);
});
