import { datasetVersionSchema } from '@shared/domain/dataset-version';
import { describe, expect, it } from 'vitest';
import { createDatasetProject, insertPhotoRows } from '../../../../../fixtures/dataset-project';

async function createLabeled() {
  const project = createDatasetProject();
  insertPhotoRows(project.context, 30);
  for (const name of ['hat', 'unused', 'banana'])
    await project.call('dataset.createLabel', { name });
  await project.call('dataset.assignLabel', { photoIds: [1, 2, 3, 4, 5, 6], labelId: 3 });
  await project.call('dataset.assignLabel', { photoIds: [11, 12, 13, 14], labelId: 1 });
  return { project, dataset: project.service.dataset };
}

describe('freezing a version', () => {
  it('takes labeled photos with their splits, and labels that have photos, in order', async () => {
    const { project, dataset } = await createLabeled();
    const version = dataset.freezeVersion();
    expect(datasetVersionSchema.parse(version)).toEqual(version);
    expect(version).toMatchObject({ id: 'version-1', labels: ['hat', 'banana'] });
    expect(version.photos.map(({ photoId, labelIndex }) => [photoId, labelIndex])).toEqual([
      ...[1, 2, 3, 4, 5, 6].map((id) => [id, 1]),
      ...[11, 12, 13, 14].map((id) => [id, 0]),
    ]);
    const shown = new Map((await project.photos()).map((photo) => [photo.id, photo.split]));
    for (const { photoId, split } of version.photos) expect(split).toBe(shown.get(photoId));
  });

  it('leaves out excluded and missing photos and those in conflict', async () => {
    const { project, dataset } = await createLabeled();
    await project.call('dataset.setExcluded', { photoIds: [1], excluded: true });
    project.context.database.run('UPDATE photos SET missing = 1 WHERE id = 2');
    project.context.database.run(
      `UPDATE photos SET conflict = '["a","b"]', label_id = NULL WHERE id = 3`,
    );
    expect(dataset.freezeVersion().photos.map(({ photoId }) => photoId)).toEqual([
      4, 5, 6, 11, 12, 13, 14,
    ]);
  });

  it('gives the existing version for equal content, also after detours', async () => {
    const { project, dataset } = await createLabeled();
    const first = dataset.freezeVersion();
    await project.call('dataset.assignLabel', { photoIds: [7], labelId: 1 });
    const second = dataset.freezeVersion();
    expect(second).toMatchObject({ id: 'version-2' });
    expect(second.contentHash).not.toBe(first.contentHash);
    await project.call('dataset.undo', {});
    expect(dataset.freezeVersion()).toEqual(first);
  });

  it('is for good: later edits and restarts leave it as it was', async () => {
    const { project, dataset } = await createLabeled();
    const version = dataset.freezeVersion();
    await project.call('dataset.renameLabel', { labelId: 1, name: 'cap' });
    await project.call('dataset.deleteLabel', { labelId: 3 });
    await project.reopen();
    expect(project.service.dataset.version('version-1')).toEqual(version);
    expect(() => dataset.version('version-9')).toThrow(/version-9/);
  });

  it('is preceded by a preview that stores nothing', async () => {
    const { project, dataset } = await createLabeled();
    const preview = dataset.previewVersion();
    const count = 'SELECT count(*) AS count FROM dataset_versions';
    expect(project.context.database.get(count)).toEqual({ count: 0 });
    expect(dataset.freezeVersion()).toMatchObject(preview);
  });

  it('needs a labeled photo', () => {
    const { service } = createDatasetProject();
    expect(() => service.dataset.freezeVersion()).toThrow(
      expect.objectContaining({ code: 'not-ready', remedy: expect.any(String) }),
    );
  });
});
