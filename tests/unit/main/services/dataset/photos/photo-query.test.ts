import { describe, expect, it } from 'vitest';
import { type PhotoFilter, photoListSchema } from '@shared/domain/photo-filter';
import { createDatasetProject, insertPhotoRows } from '../../../../../fixtures/dataset-project';

async function createListed() {
  const project = createDatasetProject();
  insertPhotoRows(project.context, 12);
  for (const name of ['banana', 'hat']) await project.call('dataset.createLabel', { name });
  await project.call('dataset.assignLabel', { photoIds: [1, 2, 3, 4], labelId: 1 });
  await project.call('dataset.assignLabel', { photoIds: [5, 6], labelId: 2 });
  await project.call('dataset.setExcluded', { photoIds: [4, 9], excluded: true });
  const { database } = project.context;
  database.run('UPDATE photos SET missing = 1 WHERE id = 6');
  database.run(`UPDATE photos SET conflict = '["banana","hat"]' WHERE id = 7`);
  database.run(`UPDATE photos SET file_name = '100%_Über.jpg' WHERE id = 8`);
  return project;
}

describe('listing photos', () => {
  it.each<[string, PhotoFilter, number[]]>([
    ['everything', {}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
    ['one label', { labelIds: [1] }, [1, 2, 3, 4]],
    ['several labels', { labelIds: [1, 2] }, [1, 2, 3, 4, 5, 6]],
    ['no label at all', { labelIds: [] }, []],
    ['unlabeled', { unlabeled: true }, [7, 8, 9, 10, 11, 12]],
    ['labeled', { unlabeled: false }, [1, 2, 3, 4, 5, 6]],
    ['excluded', { excluded: true }, [4, 9]],
    ['label, not excluded', { labelIds: [1], excluded: false }, [1, 2, 3]],
    ['missing', { missing: true }, [6]],
    ['in conflict', { conflict: true }, [7]],
    ['by name', { text: 'PHOTO-1' }, [1, 10, 11, 12]],
    ['by name, taken literally', { text: '%_' }, [8]],
  ])('shows %s', async (_, filter, expected) => {
    const { call, photos } = await createListed();
    expect((await photos(filter)).map(({ id }) => id)).toEqual(expected);
    const { photoIds } = await call('dataset.listPhotoIds', photoListSchema.parse({ filter }));
    expect(photoIds).toEqual(expected);
  });

  it('shows a split of labeled photos only', async () => {
    const { photos, context } = await createListed();
    context.database.run(`UPDATE photos SET split = 'test' WHERE id IN (1, 7)`);
    expect((await photos({ split: 'test' })).some(({ id }) => id === 1)).toBe(true);
    expect((await photos({ split: 'test' })).every(({ labelId }) => labelId)).toBe(true);
  });

  it.each(['imported', 'name', 'sharpness'] as const)(
    'gives windows that make up the whole list, by %s',
    async (order) => {
      const { call } = await createListed();
      const { photoIds } = await call('dataset.listPhotoIds', photoListSchema.parse({ order }));
      const pages: number[] = [];
      for (let offset = 0; offset < 15; offset += 5) {
        const window = { ...photoListSchema.parse({ order }), offset, limit: 5 };
        const { total, photos } = await call('dataset.listPhotos', window);
        expect(total).toBe(12);
        pages.push(...photos.map(({ id }) => id));
      }
      expect(pages).toEqual(photoIds);
      expect(new Set(pages).size).toBe(12);
    },
  );

  it('orders by name without case, and by sharpness from blurred to sharp', async () => {
    const { call, context } = await createListed();
    context.database.run(`UPDATE photos SET file_name = 'Photo-05.jpg' WHERE id = 12`);
    const byName = await call('dataset.listPhotoIds', photoListSchema.parse({ order: 'name' }));
    expect(byName.photoIds.slice(0, 3)).toEqual([8, 12, 1]);
    const window = { ...photoListSchema.parse({ order: 'sharpness' }), offset: 0, limit: 12 };
    const { photos } = await call('dataset.listPhotos', window);
    const details = await Promise.all(
      photos.map(({ id }) => call('dataset.photo', { photoId: id })),
    );
    const sharpness = details.map(({ facts }) => facts.sharpness);
    expect(sharpness).toEqual([...sharpness].sort((a, b) => a - b));
  });

  it('reads windows of a large list through an index, without sorting it', async () => {
    const { context } = await createListed();
    const plan = (sql: string) =>
      context.database
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .map(({ detail }) => detail)
        .join('; ');
    for (const order of ['file_name COLLATE NOCASE, id', 'sharpness, id']) {
      expect(plan(`SELECT id FROM photos ORDER BY ${order} LIMIT 9 OFFSET 9`)).toMatch(
        /^SCAN photos USING COVERING INDEX/,
      );
    }
    expect(plan('SELECT id FROM photos WHERE label_id = 1 ORDER BY id LIMIT 9')).toMatch(
      /^SEARCH photos USING COVERING INDEX[^;]*$/,
    );
  });
});
