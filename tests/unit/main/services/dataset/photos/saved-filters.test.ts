import { savedFilterSchema } from '@shared/domain/saved-filter';
import { describe, expect, it } from 'vitest';
import { createDatasetProject } from '../../../../../fixtures/dataset-project';

async function open() {
  const project = createDatasetProject();
  const names = async () =>
    (await project.call('dataset.summary', {})).savedFilters.map(({ name }) => name);
  return { project, names };
}

describe('saved filters', () => {
  it('are kept by name and come back after a restart', async () => {
    const { project, names } = await open();
    await project.call('dataset.saveFilter', { name: 'To do', filter: { unlabeled: true } });
    await project.call('dataset.saveFilter', { name: 'Big', filter: { bytes: { min: 1e6 } } });
    await project.reopen();
    expect(await names()).toEqual(['Big', 'To do']);
  });

  it('are replaced by one of the same name, and undone', async () => {
    const { project, names } = await open();
    await project.call('dataset.saveFilter', { name: 'To do', filter: { unlabeled: true } });
    await project.call('dataset.saveFilter', { name: 'to DO', filter: { split: 'test' } });
    expect(await names()).toEqual(['to DO']);
    await project.call('dataset.undo', {});
    expect(await names()).toEqual(['To do']);
    await project.call('dataset.removeFilter', { name: 'to do' });
    expect(await names()).toEqual([]);
    await project.call('dataset.undo', {});
    expect(await names()).toEqual(['To do']);
  });

  it('refuse what filters nothing, and what is gone', async () => {
    const { project } = await open();
    expect(savedFilterSchema.safeParse({ name: 'All', filter: {} }).success).toBe(false);
    expect(savedFilterSchema.safeParse({ name: ' ', filter: { missing: true } }).success).toBe(
      false,
    );
    await expect(project.call('dataset.removeFilter', { name: 'none' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('the key of a label', () => {
  it('is taken from the label that had it, in one step that undo takes back', async () => {
    const { project } = await open();
    const make = async (name: string) =>
      (await project.call('dataset.createLabel', { name })).label.id;
    const [banana, hat] = [await make('banana'), await make('hat')];
    const keys = async () =>
      (await project.call('dataset.summary', {})).labels.map(({ hotKey }) => hotKey);
    await project.call('dataset.bindLabelKey', { labelId: banana, key: 'b' });
    await project.call('dataset.bindLabelKey', { labelId: hat, key: 'b' });
    expect(await keys()).toEqual([undefined, 'b']);
    await project.call('dataset.undo', {});
    expect(await keys()).toEqual(['b', undefined]);
    await project.call('dataset.bindLabelKey', { labelId: banana });
    expect(await keys()).toEqual([undefined, undefined]);
  });
});
