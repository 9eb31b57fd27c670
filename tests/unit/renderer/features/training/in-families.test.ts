import { inFamilies } from '@renderer/features/training/in-families';
import { describe, expect, it } from 'vitest';
import { createFakeModel } from '../../../../fakes/fake-model';

const model = (number: number, parent?: number) =>
  createFakeModel({
    id: `model-${number}`,
    ...(parent === undefined ? {} : { parentId: `model-${parent}` }),
  });

const rows = (models: Parameters<typeof inFamilies>[0]) =>
  inFamilies(models).map(({ model: { id }, isChild }) => (isChild ? `  ${id}` : id));

describe('models in families', () => {
  it('has the newest family first, and children under their parent from the oldest on', () => {
    expect(rows([model(5, 1), model(4), model(3, 1), model(2, 4), model(1)])).toEqual([
      'model-4',
      '  model-2',
      'model-1',
      '  model-3',
      '  model-5',
    ]);
  });

  it('lets a child whose parent was removed stand on its own', () => {
    expect(rows([model(3, 1), model(2)])).toEqual(['model-3', 'model-2']);
  });

  it('loses no model', () => {
    expect(inFamilies([])).toEqual([]);
  });
});
