import { gridRows } from '@renderer/stores/grid-rows';
import { describe, expect, it, vi } from 'vitest';
import { fakeLabels, fakePhoto } from '../fakes/fake-photos';
import { createFakeProgram } from '../fakes/fake-program';
import { openTestStudio } from '../fakes/render-studio';

async function open(count = 30) {
  const program = createFakeProgram({
    photos: Array.from({ length: count }, (_, i) => fakePhoto(i + 1)),
    labels: fakeLabels(['banana', 'hat']),
  });
  const { studio } = await openTestStudio(program);
  const { photos, selection } = studio.stores;
  selection.getState().setGrid({ rows: gridRows(count, 5, []), screen: 3 });
  return { program, studio, photos, selection };
}

const plain = { shift: false, toggle: false };

describe('selection store', () => {
  it('extends a range over photos that are not loaded', async () => {
    const { selection } = await open(2000);
    await selection.getState().click({ index: 10, id: 11 }, plain);
    await selection.getState().click({ index: 1500, id: 1501 }, { shift: true, toggle: false });
    expect(selection.getState().selected.size).toBe(1491);
  });

  it('moves by rows of the grid on screen', async () => {
    const { selection } = await open();
    await selection.getState().click({ index: 2, id: 3 }, plain);
    await selection.getState().move('down');
    expect(selection.getState().edited()).toEqual([8]);
    await selection.getState().move('right', true);
    expect(selection.getState().edited()).toEqual([8, 9]);
  });

  it('loses no step, however fast the keys come', async () => {
    const { selection } = await open(2000);
    await selection.getState().click({ index: 0, id: 1 }, plain);
    for (let press = 0; press < 150; press += 1) void selection.getState().move('right');
    await selection.getState().inTurn(async () => undefined);
    expect(selection.getState().focus).toEqual({ index: 150, id: 151 });
  });

  it('goes to a photo that is not loaded', async () => {
    const { program, selection } = await open(2000);
    await selection.getState().goTo(1500);
    expect(selection.getState().edited()).toEqual([1501]);
    expect(program.calls, 'not for the sake of all ids').not.toContain('dataset.listPhotoIds');
  });

  it('starts at the first photo when nothing is focused', async () => {
    const { selection } = await open();
    await selection.getState().move('down');
    expect(selection.getState().focus).toEqual({ index: 0, id: 1 });
  });

  it('selects all photos that pass the filter, loaded or not', async () => {
    const { photos, selection } = await open(2000);
    photos.getState().setFilter({ text: '-0001' });
    await vi.waitFor(() => expect(photos.getState().total).toBe(10));
    await selection.getState().selectAll();
    expect(selection.getState().selected.size).toBe(10);
  });

  it('hands the focus to the neighbor when a labeled photo leaves the unlabeled ones', async () => {
    const { studio, photos, selection } = await open();
    photos.getState().setFilter({ unlabeled: true });
    await vi.waitFor(() => expect(photos.getState().total).toBe(30));
    await selection.getState().click({ index: 4, id: 5 }, plain);
    await studio.edits.assignLabel([5], 1);
    await vi.waitFor(() => expect(photos.getState().total).toBe(29));
    expect(selection.getState().focus).toEqual({ index: 4, id: 6 });
    expect(selection.getState().edited()).toEqual([6]);
  });

  it('follows its photo when others leave the list before it', async () => {
    const { studio, photos, selection } = await open();
    photos.getState().setFilter({ unlabeled: true });
    await vi.waitFor(() => expect(photos.getState().total).toBe(30));
    await selection.getState().click({ index: 9, id: 10 }, plain);
    await studio.edits.assignLabel([1, 2], 1);
    await vi.waitFor(() => expect(selection.getState().focus).toEqual({ index: 7, id: 10 }));
  });

  it('forgets selected photos that left the list', async () => {
    const { studio, photos, selection } = await open();
    photos.getState().setFilter({ unlabeled: true });
    await vi.waitFor(() => expect(photos.getState().total).toBe(30));
    selection.getState().select([1, 2, 3]);
    await studio.edits.assignLabel([1], 2);
    await vi.waitFor(() => expect([...selection.getState().selected]).toEqual([2, 3]));
  });

  it('is empty after the filter changed', async () => {
    const { photos, selection } = await open();
    await selection.getState().click({ index: 4, id: 5 }, plain);
    photos.getState().setFilter({ unlabeled: true });
    expect(selection.getState().edited()).toEqual([]);
  });
});
