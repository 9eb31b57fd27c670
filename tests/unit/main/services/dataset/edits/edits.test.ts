import { describe, expect, it } from 'vitest';
import {
  createDatasetProject,
  type DatasetProject,
  insertPhotoRows,
} from '../../../../../fixtures/dataset-project';

async function createLabeled(...names: string[]): Promise<[DatasetProject, number[]]> {
  const project = createDatasetProject();
  insertPhotoRows(project.context, 20);
  const ids: number[] = [];
  for (const name of names)
    ids.push((await project.call('dataset.createLabel', { name })).label.id);
  return [project, ids];
}

describe('labels', () => {
  it('get a color of their own and a place at the end', async () => {
    const [{ call }] = await createLabeled('banana', 'hat', 'plug');
    const { labels } = await call('dataset.summary', {});
    expect(labels.map(({ name, position }) => [name, position])).toEqual([
      ['banana', 0],
      ['hat', 1],
      ['plug', 2],
    ]);
    expect(new Set(labels.map(({ color }) => color)).size).toBe(3);
  });

  it.each(['banana', 'BANANA', 'Banana'])('are refused as %s when banana exists', async (name) => {
    const [{ call }, [banana = 0, hat = 0]] = await createLabeled('banana', 'hat');
    const refusal = { code: 'label-exists', remedy: expect.any(String) };
    await expect(call('dataset.createLabel', { name })).rejects.toMatchObject(refusal);
    await expect(call('dataset.renameLabel', { labelId: hat, name })).rejects.toMatchObject(
      refusal,
    );
    const renamed = await call('dataset.renameLabel', { labelId: banana, name: 'BaNaNa' });
    expect(renamed.description).toBe('Renamed the label banana to BaNaNa');
  });

  it('are compared without case in any alphabet', async () => {
    const [{ call }] = await createLabeled('Äpfel');
    await expect(call('dataset.createLabel', { name: 'äPFEL' })).rejects.toMatchObject({
      code: 'label-exists',
    });
  });

  it('never share an id, also after one was deleted', async () => {
    const [{ call }, [first = 0]] = await createLabeled('banana');
    await call('dataset.deleteLabel', { labelId: first });
    const { label } = await call('dataset.createLabel', { name: 'hat' });
    expect(label.id).not.toBe(first);
  });

  it('merge: photos move over with their splits', async () => {
    const [project, [banana = 0, hat = 0]] = await createLabeled('banana', 'hat');
    await project.call('dataset.assignLabel', { photoIds: [1, 2, 3, 4], labelId: banana });
    await project.call('dataset.assignLabel', { photoIds: [5], labelId: hat });
    const before = await project.photos();
    const { description } = await project.call('dataset.mergeLabels', {
      fromId: banana,
      intoId: hat,
    });
    expect(description).toBe('Merged the label banana into hat');
    const after = await project.photos();
    expect(after.slice(0, 5).map(({ labelId }) => labelId)).toEqual([hat, hat, hat, hat, hat]);
    expect(after.map(({ split }) => split)).toEqual(before.map(({ split }) => split));
    expect((await project.call('dataset.summary', {})).labels).toMatchObject([{ count: 5 }]);
  });

  it('merge: a conflict between just these two is settled', async () => {
    const [project, [banana = 0, hat = 0]] = await createLabeled('banana', 'hat');
    const setConflict = 'UPDATE photos SET conflict = ? WHERE id = ?';
    project.context.database.run(setConflict, ['["banana","hat"]', 1]);
    project.context.database.run(setConflict, ['["banana","plug"]', 2]);
    await project.call('dataset.mergeLabels', { fromId: banana, intoId: hat });
    const [first, second] = await project.photos();
    expect([first?.labelId, first?.conflict, first?.split]).toEqual([hat, undefined, 'train']);
    expect([second?.labelId, second?.conflict]).toEqual([undefined, ['hat', 'plug']]);
  });

  it('can not be merged with themselves, nor when they are gone', async () => {
    const [{ call }, [banana = 0]] = await createLabeled('banana');
    await expect(
      call('dataset.mergeLabels', { fromId: banana, intoId: banana }),
    ).rejects.toMatchObject({ code: 'bad-request' });
    await expect(call('dataset.mergeLabels', { fromId: banana, intoId: 99 })).rejects.toMatchObject(
      { code: 'not-found' },
    );
  });

  it('deleted leave their photos without a label', async () => {
    const [project, [banana = 0]] = await createLabeled('banana');
    await project.call('dataset.assignLabel', { photoIds: [1, 2], labelId: banana });
    await project.call('dataset.deleteLabel', { labelId: banana });
    expect(await project.call('dataset.summary', {})).toMatchObject({ labels: [], labeled: 0 });
    expect((await project.photos())[0]?.split).toBeUndefined();
  });
});

describe('photos', () => {
  it('are labeled, and cleared, in words', async () => {
    const [project, [banana = 0]] = await createLabeled('banana');
    expect(
      await project.call('dataset.assignLabel', { photoIds: [1, 2, 3], labelId: banana }),
    ).toEqual({ description: 'Labeled 3 photos banana' });
    expect(await project.call('dataset.assignLabel', { photoIds: [2] })).toEqual({
      description: 'Cleared the label of 1 photo',
    });
    expect((await project.photos({ labelIds: [banana] })).map(({ id }) => id)).toEqual([1, 3]);
  });

  it('in conflict are settled by a label, or by clearing', async () => {
    const [project, [banana = 0]] = await createLabeled('banana');
    project.context.database.run('UPDATE photos SET conflict = ? WHERE id < 3', ['["a","b"]']);
    await project.call('dataset.assignLabel', { photoIds: [1], labelId: banana });
    await project.call('dataset.assignLabel', { photoIds: [2] });
    expect(await project.photos({ conflict: true })).toEqual([]);
  });

  it('excluded are counted apart', async () => {
    const [project, [banana = 0]] = await createLabeled('banana');
    await project.call('dataset.assignLabel', { photoIds: [1, 2, 3], labelId: banana });
    await project.call('dataset.setExcluded', { photoIds: [3, 4], excluded: true });
    expect(await project.call('dataset.summary', {})).toMatchObject({
      total: 20,
      labeled: 2,
      unlabeled: 16,
      excluded: 2,
      labels: [{ count: 2 }],
    });
    const { splits } = await project.call('dataset.summary', {});
    expect(splits.train + splits.validation + splits.test).toBe(2);
  });

  it('that are not there are refused when none is', async () => {
    const [{ call }] = await createLabeled();
    await expect(
      call('dataset.setExcluded', { photoIds: [77], excluded: true }),
    ).rejects.toMatchObject({ code: 'not-found' });
    await expect(call('dataset.photo', { photoId: 77 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('are named in the event of an edit', async () => {
    const payloads: unknown[] = [];
    const project = createDatasetProject({ emit: (_, payload) => void payloads.push(payload) });
    insertPhotoRows(project.context, 5);
    await project.call('dataset.setExcluded', { photoIds: [2, 4], excluded: true });
    expect(payloads).toEqual([{ photoIds: [2, 4] }]);
  });
});
