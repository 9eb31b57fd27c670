import { describe, expect, it } from 'vitest';
import { createFakeModel } from '../../../../../fakes/fake-model';
import { createDatasetProject, insertPhotoRows } from '../../../../../fixtures/dataset-project';

const page = { offset: 0, limit: 200 };

/** hat: photos 1 to 10, banana: 11 to 20, frozen as version 1; ten more without a label. */
async function createFrozen() {
  const project = createDatasetProject();
  insertPhotoRows(project.context, 30);
  for (const name of ['hat', 'banana']) await project.call('dataset.createLabel', { name });
  const ids = (first: number) => Array.from({ length: 10 }, (_, index) => first + index);
  await project.call('dataset.assignLabel', { photoIds: ids(1), labelId: 1 });
  await project.call('dataset.assignLabel', { photoIds: ids(11), labelId: 2 });
  await project.call('versions.freeze', { note: 'the first' });
  return project;
}

type Project = Awaited<ReturnType<typeof createFrozen>>;

const compare = (
  { call }: Project,
  kind: 'added' | 'removed' | 'relabeled' | 'moved',
  second: string = 'now',
) => call('versions.compare', { first: 'version-1', second, kind, ...page });

describe('versions', () => {
  it('are listed newest first with counts, note and the models trained on them', async () => {
    const project = await createFrozen();
    await project.call('dataset.assignLabel', { photoIds: [21], labelId: 1 });
    expect(await project.call('versions.freeze', { note: '' })).toEqual({
      versionId: 'version-2',
      isNew: true,
    });
    project.models.push(
      createFakeModel({ versionId: 'version-1' }),
      createFakeModel({ id: 'model-2', versionId: 'version-1', parentId: 'model-1' }),
    );
    const { versions } = await project.call('versions.list', {});
    expect(versions.map(({ id, photos, note }) => [id, photos, note])).toEqual([
      ['version-2', 21, ''],
      ['version-1', 20, 'the first'],
    ]);
    expect(versions[1]?.models.map(({ id }) => id)).toEqual(['model-1']);
    const { labels, splits } = versions[1] ?? { labels: [] };
    expect(
      labels.map(({ name, train, validation, test }) => [name, train + validation + test]),
    ).toEqual([
      ['hat', 10],
      ['banana', 10],
    ]);
    expect(splits).toEqual(
      expect.objectContaining({ train: labels.reduce((sum, { train }) => sum + train, 0) }),
    );
  });

  it('from before counts were kept are counted once', async () => {
    const project = await createFrozen();
    const { versions } = await project.call('versions.list', {});
    project.context.database.run('UPDATE dataset_versions SET counts = NULL, label_ids = NULL');
    await project.reopen();
    expect((await project.call('versions.list', {})).versions).toEqual(versions);
    expect(
      project.context.database.get('SELECT counts IS NULL AS lacks FROM dataset_versions'),
    ).toEqual({ lacks: 0 });
  });

  it('say when nothing is new; the note is added to what is there, and can be rewritten', async () => {
    const project = await createFrozen();
    const again = { versionId: 'version-1', isNew: false };
    expect(await project.call('versions.freeze', { note: 'second word' })).toEqual(again);
    const noteOf = async () => (await project.call('versions.list', {})).versions[0]?.note;
    expect(await noteOf()).toBe('the first\nsecond word');
    await project.call('versions.setNote', { versionId: 'version-1', note: 'kitchen' });
    await project.reopen();
    expect(await noteOf()).toBe('kitchen');
    expect(project.events.filter((name) => name === 'versions.changed')).toHaveLength(4);
    await expect(
      project.call('versions.setNote', { versionId: 'version-7', note: '' }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('comparing', () => {
  it('tells added, removed with the reason, relabeled and moved photos', async () => {
    const project = await createFrozen();
    const { database } = project.context;
    await project.call('dataset.assignLabel', { photoIds: [21, 22], labelId: 2 });
    await project.call('dataset.assignLabel', { photoIds: [3], labelId: 2 });
    await project.call('dataset.setExcluded', { photoIds: [4], excluded: true });
    await project.call('dataset.assignLabel', { photoIds: [5] });
    database.run('UPDATE photos SET missing = 1 WHERE id = 6');
    const { split } = (await project.photos())[6] ?? {};
    const other = split === 'test' ? 'train' : 'test';
    database.run('UPDATE photos SET split = ? WHERE id = 7', [other]);

    const added = await compare(project, 'added');
    expect(added.counts).toEqual({ added: 2, removed: 3, relabeled: 1, moved: 1 });
    expect(added.same).toBe(15);
    expect(added.changes.map(({ photoId, after }) => [photoId, after?.label])).toEqual([
      [21, 'banana'],
      [22, 'banana'],
    ]);
    const removed = await compare(project, 'removed');
    expect(removed.changes.map(({ photoId, absence }) => [photoId, absence])).toEqual([
      [4, 'excluded'],
      [5, 'unlabeled'],
      [6, 'missing'],
    ]);
    expect((await compare(project, 'relabeled')).changes).toMatchObject([
      { photoId: 3, before: { label: 'hat' }, after: { label: 'banana' } },
    ]);
    expect((await compare(project, 'moved')).changes).toMatchObject([
      { photoId: 7, before: { split }, after: { split: other } },
    ]);
  });

  it('of a renamed label is one rename, and not ten photos', async () => {
    const project = await createFrozen();
    await project.call('dataset.renameLabel', { labelId: 1, name: 'cap' });
    await project.call('versions.freeze', { note: '' });
    const { counts, same, renamedLabels } = await compare(project, 'relabeled', 'version-2');
    expect([counts.relabeled, same]).toEqual([0, 20]);
    expect(renamedLabels).toEqual([{ from: 'hat', to: 'cap' }]);
  });

  it('takes the label of the same name before the one that had its id', async () => {
    const project = await createFrozen();
    await project.call('dataset.renameLabel', { labelId: 1, name: 'cap' });
    const { label } = await project.call('dataset.createLabel', { name: 'Hat' });
    await project.call('dataset.assignLabel', { photoIds: [1], labelId: label.id });
    const { counts, addedLabels, removedLabels } = await compare(project, 'relabeled');
    expect([counts.relabeled, addedLabels, removedLabels]).toEqual([9, ['cap'], []]);
  });

  it('gives windows, and forgets what it knew when photos change', async () => {
    const project = await createFrozen();
    await project.call('dataset.setExcluded', { photoIds: [2, 4, 6], excluded: true });
    const { changes } = await project.call('versions.compare', {
      first: 'version-1',
      second: 'now',
      kind: 'removed',
      offset: 1,
      limit: 1,
    });
    expect(changes.map(({ photoId }) => photoId)).toEqual([4]);
    await project.call('dataset.undo', {});
    expect((await compare(project, 'removed')).counts.removed).toBe(0);
  });
});

describe('restoring', () => {
  it('says what it will do, does it as one edit, and undo takes all of it back', async () => {
    const project = await createFrozen();
    await project.call('dataset.mergeLabels', { fromId: 1, intoId: 2 });
    await project.call('dataset.assignLabel', { photoIds: [21, 22], labelId: 2 });
    await project.call('dataset.setExcluded', { photoIds: [11], excluded: true });
    project.context.database.run('UPDATE photos SET missing = 1 WHERE id = 12');
    const before = [await project.photos(), await project.call('dataset.summary', {})];

    const plan = await project.call('versions.planRestore', { versionId: 'version-1' });
    expect(plan).toEqual({
      relabeled: 10,
      moved: 0,
      included: 1,
      excluded: 2,
      newLabels: ['hat'],
      renamedLabels: [],
      missing: 1,
      missingNames: ['photo-12.jpg'],
      isSame: false,
    });
    const restored = await project.call('versions.restore', { versionId: 'version-1' });
    expect(restored).toEqual({ description: 'Restored version 1', plan });
    project.context.database.run('UPDATE photos SET missing = 0');
    const frozen = await project.call('versions.freeze', { note: '' });
    expect(frozen).toEqual({ versionId: 'version-1', isNew: false });
    const [photo] = await project.photos({ excluded: true });
    expect([photo?.id, photo?.labelId]).toEqual([21, 2]);
    const same = await project.call('versions.planRestore', { versionId: 'version-1' });
    expect(same.isSame).toBe(true);

    project.context.database.run('UPDATE photos SET missing = 1 WHERE id = 12');
    await project.call('dataset.undo', {});
    const [photos, summary] = [await project.photos(), await project.call('dataset.summary', {})];
    expect([photos, { ...summary, redo: undefined }]).toEqual(before);
    expect(summary.redo).toBe('Restored version 1');
  });

  it('gives labels their old names and places back', async () => {
    const project = await createFrozen();
    await project.call('dataset.renameLabel', { labelId: 2, name: 'plantain' });
    await project.call('dataset.deleteLabel', { labelId: 1 });
    const { plan } = await project.call('versions.restore', { versionId: 'version-1' });
    expect([plan.newLabels, plan.renamedLabels]).toEqual([
      ['hat'],
      [{ from: 'plantain', to: 'banana' }],
    ]);
    const { labels } = await project.call('dataset.summary', {});
    expect(labels.map(({ name, count }) => [name, count])).toEqual([
      ['hat', 10],
      ['banana', 10],
    ]);
  });

  it('of what is there already changes nothing, and of no version is refused', async () => {
    const project = await createFrozen();
    const { undo } = await project.call('dataset.summary', {});
    await project.call('versions.restore', { versionId: 'version-1' });
    expect((await project.call('dataset.summary', {})).undo).toBe(undo);
    await expect(
      project.call('versions.restore', { versionId: 'version-8' }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});
