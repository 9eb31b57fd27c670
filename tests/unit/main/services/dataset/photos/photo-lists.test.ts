import { describe, expect, it } from 'vitest';
import { type PhotoFilter, type PhotoList, photoListSchema } from '@shared/domain/photo-filter';
import {
  createDatasetProject,
  insertAnswers,
  insertPhotoRows,
} from '../../../../../fixtures/dataset-project';

/** Six photos: 1 to 3 are bananas, 4 a hat; answers and an analysis know 1 to 5. */
async function createAnalyzed() {
  const project = createDatasetProject();
  insertPhotoRows(project.context, 6);
  for (const name of ['hat', 'banana']) await project.call('dataset.createLabel', { name });
  await project.call('dataset.assignLabel', { photoIds: [1, 2, 3], labelId: 2 });
  await project.call('dataset.assignLabel', { photoIds: [4], labelId: 1 });
  const { database } = project.context;
  insertAnswers(project.context, [
    [1, 2, 0.9, 0.1],
    [2, 1, 0.6, 0.7],
    [3, 2, 0.5, 0.9],
    [4, 1, 0.8, 0.3],
    [5, 1, 0.7, 0.5],
  ]);
  database.execute(`
    INSERT INTO photo_analysis (photo_id, cluster, duplicate_group, label_confidence) VALUES
      (1, 1, 1, 0.9), (2, 0, 1, 0.1), (3, 1, NULL, 0.5), (4, 0, NULL, 0.7), (5, 0, NULL, NULL);
    INSERT OR REPLACE INTO settings (key, value) VALUES ('issues.analysis', '1');
    INSERT INTO issues (analysis, kind, photo_id, score, label_id, detail) VALUES
      (1, 'blurred', 1, 1, 2, '{}'), (1, 'blurred', 2, 1, 2, '{}'), (1, 'blurred', 3, 1, 2, '{}'),
      (1, 'tiny', 5, 1, 0, '{}');
    INSERT INTO issue_decisions (kind, photo_id, decision, label_id) VALUES
      ('blurred', 1, 'kept', 1), ('blurred', 2, 'kept', 2), ('blurred', 3, 'ignored', 1);
    UPDATE photos SET taken_at = '2026-01-03T10:00:00', camera = 'Pixel 8' WHERE id IN (2, 4);
    UPDATE photos SET taken_at = '2026-02-01T23:59:59' WHERE id = 1;
    UPDATE photos SET width = 2000, height = 1500, bytes = 500000 WHERE id = 3;
    INSERT INTO photo_origins (path, photo_id, label, bytes, modified_ms) VALUES
      ('/home/ann/trip_1/a.jpg', 1, '', 1, 1), ('C:\\ann\\Walks\\b.jpg', 2, '', 1, 1);
    INSERT INTO imports (id, started_at) VALUES ('later', '2026-05-01T00:00:00.000Z');
    UPDATE photos SET import_id = 'later' WHERE id = 2;
  `);
  const list = (change: Partial<PhotoList>) => photoListSchema.parse(change);
  const ids = async (change: Partial<PhotoList>) =>
    (await project.call('dataset.listPhotoIds', list(change))).photoIds;
  const groups = async (change: Partial<PhotoList>) =>
    (await project.call('dataset.listGroups', list(change))).groups;
  return { ...project, list, ids, groups };
}

describe('filters', () => {
  it.each<[string, PhotoFilter, number[]]>([
    ['near duplicates', { duplicate: true }, [1, 2]],
    ['no near duplicates', { duplicate: false }, [3, 4, 5, 6]],
    ['a cluster', { cluster: 0 }, [2, 4, 5]],
    ['an issue that is open, or was kept under another label', { issue: 'blurred' }, [1]],
    ['another issue', { issue: 'tiny' }, [5]],
    ['an import', { importId: 'later' }, [2]],
    ['a folder', { folder: 'TRIP_1' }, [1]],
    ['a folder of Windows', { folder: 'walks' }, [2]],
    ['no file name for a folder', { folder: 'a.jpg' }, []],
    ['a camera', { camera: 'pixel 8' }, [2, 4]],
    ['not half a camera', { camera: 'pixel' }, []],
    ['large photos', { side: { min: 1000 } }, [3]],
    ['small photos', { side: { max: 30 } }, [1, 2, 4, 5, 6]],
    ['large files', { bytes: { min: 1001, max: 500000 } }, [3]],
    ['days, the last one whole', { taken: { min: '2026-01-04', max: '2026-02-01' } }, [1]],
    ['since a day', { taken: { min: '2026-01-03' } }, [1, 2, 4]],
    ['right answers', { answer: 'right' }, [1, 3, 4]],
    ['wrong answers', { answer: 'wrong' }, [2]],
    ['what it would be called', { suggestedIds: [1] }, [2, 4, 5]],
    ['a range of confidence', { confidence: { min: 0.6, max: 0.8 } }, [2, 4, 5]],
    ['photos picked by hand', { photoIds: [5, 3, 99] }, [3, 5]],
    ['conditions together', { labelIds: [2], answer: 'right', confidence: { min: 0.8 } }, [1]],
  ])('lists %s', async (_, filter, expected) => {
    const { ids, photos } = await createAnalyzed();
    expect(await ids({ filter })).toEqual(expected);
    expect((await photos(filter)).map(({ id }) => id)).toEqual(expected);
  });
});

describe('orders', () => {
  it.each<[Partial<PhotoList>, number[]]>([
    [{ descending: true }, [6, 5, 4, 3, 2, 1]],
    [{ order: 'name', descending: true }, [6, 5, 4, 3, 2, 1]],
    [{ order: 'taken' }, [2, 4, 1, 3, 5, 6]],
    [{ order: 'taken', descending: true }, [1, 4, 2, 6, 5, 3]],
    [{ order: 'uncertainty' }, [3, 2, 5, 4, 1, 6]],
    [{ order: 'uncertainty', descending: true }, [1, 4, 5, 2, 3, 6]],
    [{ order: 'disagreement' }, [2, 3, 4, 1, 5, 6]],
    [{ order: 'disagreement', descending: true }, [1, 4, 3, 2, 6, 5]],
  ])('%j', async (change, expected) => {
    const { ids } = await createAnalyzed();
    expect(await ids(change)).toEqual(expected);
  });
});

describe('groups', () => {
  it.each<[Partial<PhotoList>, number[], unknown[]]>([
    [
      { group: 'label', order: 'name', descending: true },
      [4, 3, 2, 1, 6, 5],
      [
        { key: '1', count: 1, labelId: 1 },
        { key: '2', count: 3, labelId: 2 },
        { key: '', count: 2 },
      ],
    ],
    [
      { group: 'cluster', filter: { labelIds: [2] } },
      [2, 1, 3],
      [
        { key: '0', count: 1, cluster: 0 },
        { key: '1', count: 2, cluster: 1 },
      ],
    ],
    [
      { group: 'day', order: 'taken', descending: true },
      [1, 4, 2, 6, 5, 3],
      [
        { key: '2026-02-01', count: 1, day: '2026-02-01' },
        { key: '2026-01-03', count: 2, day: '2026-01-03' },
        { key: '', count: 3 },
      ],
    ],
    [
      { group: 'import', filter: { answer: 'wrong' } },
      [2],
      [{ key: 'later', count: 1, importedAt: '2026-05-01T00:00:00.000Z' }],
    ],
  ])('%j', async (change, expectedIds, expectedGroups) => {
    const { ids, groups } = await createAnalyzed();
    expect(await ids(change)).toEqual(expectedIds);
    expect(await groups(change)).toEqual(expectedGroups);
  });

  it('are none without a grouping', async () => {
    const { groups } = await createAnalyzed();
    expect(await groups({})).toEqual([]);
  });
});

describe('a kept list', () => {
  it('follows edits, undo and other lists', async () => {
    const { ids, call } = await createAnalyzed();
    const list = { group: 'label' } as const;
    expect(await ids(list)).toEqual([4, 1, 2, 3, 5, 6]);
    await call('dataset.assignLabel', { photoIds: [6], labelId: 1 });
    expect(await ids(list)).toEqual([4, 6, 1, 2, 3, 5]);
    await call('dataset.undo', {});
    expect(await ids({ order: 'taken' })).toEqual([2, 4, 1, 3, 5, 6]);
    expect(await ids(list)).toEqual([4, 1, 2, 3, 5, 6]);
  });
});

describe('places in a list', () => {
  it('are found by photo, and nowhere for what is filtered out', async () => {
    const { call, list } = await createAnalyzed();
    const place = (change: Partial<PhotoList>, photoId: number) =>
      call('dataset.placeOfPhoto', { ...list(change), photoId });
    expect(await place({ order: 'taken' }, 1)).toEqual({ index: 2 });
    expect(await place({ filter: { labelIds: [1] } }, 1)).toEqual({ index: undefined });
  });

  it('are found by name, around the end', async () => {
    const { call, list } = await createAnalyzed();
    const find = (text: string, from: number) =>
      call('dataset.placeOfName', { ...list({ order: 'taken' }), text, from });
    expect(await find('PHOTO-4', 0)).toEqual({ index: 1 });
    expect(await find('photo-4', 2)).toEqual({ index: 1 });
    expect(await find('photo', 3)).toEqual({ index: 3 });
    expect(await find('%', 0)).toEqual({ index: undefined });
  });
});

describe('what there is to filter by', () => {
  it('names cameras, imports, open issues and answers, with counts', async () => {
    const { call } = await createAnalyzed();
    const choices = await call('dataset.filterChoices', {});
    expect(choices).toMatchObject({
      cameras: [{ name: 'Pixel 8', count: 2 }],
      imports: [{ id: 'later', count: 1 }, { count: 5 }],
      clusters: 2,
      answered: 5,
    });
    expect(choices.issues).toHaveLength(2);
    expect(choices.issues).toContainEqual({ kind: 'tiny', count: 1 });
  });
});

it('a photo carries its suggestion while it has no label, and while that label is there', async () => {
  const { call, photos } = await createAnalyzed();
  const suggestions = async () =>
    new Map((await photos({})).map(({ id, suggestion }) => [id, suggestion]));
  expect([...(await suggestions())].filter(([, suggestion]) => suggestion)).toEqual([
    [5, { labelId: 1, probability: 0.7 }],
  ]);
  expect((await call('dataset.photo', { photoId: 5 })).suggestion?.labelId).toBe(1);
  await call('dataset.assignLabel', { photoIds: [1], labelId: undefined });
  expect((await suggestions()).get(1)).toEqual({ labelId: 2, probability: 0.9 });
  await call('dataset.deleteLabel', { labelId: 2 });
  expect((await suggestions()).get(1)).toBeUndefined();
  expect((await suggestions()).get(5)?.labelId).toBe(1);
});
