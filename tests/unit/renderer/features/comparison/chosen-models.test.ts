import { chosenModels } from '@renderer/features/comparison/chosen-models';
import { describe, expect, it } from 'vitest';
import { createFakeModel } from '../../../../fakes/fake-model';

const float = createFakeModel({ id: 'model-1' });
const int8 = createFakeModel({ id: 'model-2', precision: 'int8', parentId: 'model-1' });
const newerFloat = createFakeModel({ id: 'model-3' });

const ids = (choice: Parameters<typeof chosenModels>[0], models = [newerFloat, int8, float]) => {
  const { first, others } = chosenModels(choice, models);
  return [first?.id, ...others.map(({ id }) => id)];
};

describe('chosen models', () => {
  it('are the newest quantized model and the float model it was made from', () => {
    expect(ids({})).toEqual(['model-1', 'model-2']);
  });

  it('are the two newest, the older one first, when nothing was quantized', () => {
    expect(ids({}, [newerFloat, float])).toEqual(['model-1', 'model-3']);
  });

  it('pass over a quantized model whose parent was removed', () => {
    expect(ids({}, [int8, newerFloat])).toEqual(['model-3', 'model-2']);
  });

  it('have no other while there is only one', () => {
    expect(ids({}, [float])).toEqual(['model-1']);
    expect(ids({}, [])).toEqual([undefined]);
  });

  it('are what a person chose, as long as the library has it', () => {
    expect(ids({ firstId: 'model-3' })).toEqual(['model-3', 'model-2']);
    expect(ids({ otherIds: ['model-9'] })).toEqual(['model-1', 'model-2']);
    expect(ids({ otherIds: ['model-9', 'model-3'] })).toEqual(['model-1', 'model-3']);
  });

  it('are as many as a person chose, in that order, and none where all were taken out', () => {
    expect(ids({ otherIds: ['model-3', 'model-2'] })).toEqual(['model-1', 'model-3', 'model-2']);
    expect(ids({ otherIds: [] })).toEqual(['model-1']);
  });

  it('never hold a model against itself', () => {
    expect(ids({ firstId: 'model-2', otherIds: ['model-2', 'model-3'] })).toEqual([
      'model-2',
      'model-3',
    ]);
  });
});
