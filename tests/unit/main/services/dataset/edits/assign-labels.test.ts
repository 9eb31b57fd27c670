import { expect, test } from 'vitest';
import { createDatasetProject, insertPhotoRows } from '../../../../../fixtures/dataset-project';

test('several labels at once are one step of the history; an unknown label changes nothing', async () => {
  const project = createDatasetProject();
  insertPhotoRows(project.context, 4);
  const { label: hat } = await project.call('dataset.createLabel', { name: 'hat' });
  const { label: plug } = await project.call('dataset.createLabel', { name: 'plug' });
  const assignments = [
    { labelId: hat.id, photoIds: [1, 3] },
    { labelId: plug.id, photoIds: [2] },
  ];
  const labels = async () => (await project.photos()).map(({ labelId }) => labelId);

  const { description } = await project.call('dataset.assignLabels', { assignments });
  expect(description).toBe('Labeled 3 photos as suggested');
  expect(await labels()).toEqual([hat.id, plug.id, hat.id, undefined]);
  expect((await project.photos()).slice(0, 3).every(({ split }) => split)).toBe(true);
  await project.call('dataset.undo', {});
  expect(await labels()).toEqual([undefined, undefined, undefined, undefined]);

  const unknown = [...assignments, { labelId: 99, photoIds: [4] }];
  await expect(
    project.call('dataset.assignLabels', { assignments: unknown }),
  ).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(await labels()).toEqual([undefined, undefined, undefined, undefined]);
});
