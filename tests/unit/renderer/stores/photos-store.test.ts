import { pageSize, photoAt } from '@renderer/stores/photo-pages';
import { describe, expect, it, vi } from 'vitest';
import { fakeLabels, fakePhoto } from '../fakes/fake-photos';
import { createFakeProgram } from '../fakes/fake-program';
import { openTestStudio } from '../fakes/render-studio';

const manyPhotos = (count: number) => Array.from({ length: count }, (_, i) => fakePhoto(i + 1));

async function open(count: number) {
  const program = createFakeProgram({ photos: manyPhotos(count), labels: fakeLabels(['banana']) });
  const { studio, errors } = await openTestStudio(program);
  const photos = studio.stores.photos;
  const idAt = (index: number) => photoAt(photos.getState().pages, index)?.id;
  return { program, studio, errors, photos, idAt };
}

describe('photos store', () => {
  it('loads what is on screen and no more', async () => {
    const { program, photos, idAt } = await open(10_000);
    expect(photos.getState().total).toBe(10_000);
    expect(idAt(0)).toBe(1);
    expect(idAt(5 * pageSize)).toBeUndefined();

    photos.getState().show(5 * pageSize - 10, 5 * pageSize + 10);
    await vi.waitFor(() => expect(idAt(5 * pageSize)).toBe(5 * pageSize + 1));
    expect(idAt(5 * pageSize - 1)).toBe(5 * pageSize);
    expect(program.calls.filter((call) => call === 'dataset.listPhotos')).toHaveLength(3);
  });

  it('asks for a page once, however often it is shown while it loads', async () => {
    const { program, photos, idAt } = await open(10_000);
    for (let i = 0; i < 20; i += 1) photos.getState().show(3 * pageSize, 3 * pageSize + 5);
    await vi.waitFor(() => expect(idAt(3 * pageSize)).toBeDefined());
    expect(program.calls.filter((call) => call === 'dataset.listPhotos')).toHaveLength(2);
  });

  it('drops the answer of a filter that no longer holds', async () => {
    const { program, photos } = await open(50);
    const release = program.hold('dataset.listPhotos');
    photos.getState().setFilter({ text: '-00001' });
    photos.getState().setFilter({ text: '-0004' });
    release();
    await vi.waitFor(() => expect(photos.getState().total).toBe(10));
    expect(photoAt(photos.getState().pages, 0)?.fileName).toBe('photo-00040.jpg');
  });

  it('gives ids of a range that is not loaded', async () => {
    const { photos } = await open(5000);
    const ids = await photos.getState().idsBetween(4010, 4008);
    expect(ids).toEqual([4009, 4010, 4011]);
  });

  it('shows a foreseen change at once and keeps it on pages that load meanwhile', async () => {
    const { photos, idAt } = await open(1000);
    const far = 6 * pageSize;
    const foresight = photos
      .getState()
      .foresee([1, far + 1], (photo) => ({ ...photo, excluded: true }));
    expect(photoAt(photos.getState().pages, 0)?.excluded).toBe(true);

    photos.getState().show(far, far + 1);
    await vi.waitFor(() => expect(idAt(far)).toBe(far + 1));
    expect(photoAt(photos.getState().pages, far)?.excluded).toBe(true);
    foresight.settle();
  });

  it('reports what could not be loaded', async () => {
    const { program, photos, errors } = await open(1000);
    const { AppError } = await import('@shared/api/errors');
    program.refuseNext('dataset.listPhotos', new AppError('busy', 'Not now.'));
    photos.getState().show(4 * pageSize, 4 * pageSize + 1);
    await vi.waitFor(() => expect(errors).toHaveLength(1));
    expect(errors[0]).toMatchObject({ code: 'busy' });
  });
});

describe('edits', () => {
  it('shows a label before the program has it', async () => {
    const { program, studio, photos } = await open(20);
    const release = program.hold('dataset.assignLabel');
    const done = studio.edits.assignLabel([1, 2], 1);
    expect(photoAt(photos.getState().pages, 1)?.labelId).toBe(1);
    release();
    expect(await done).toBe('Labeled 2 photos banana');
    await vi.waitFor(() => expect(photoAt(photos.getState().pages, 1)?.split).toBeDefined());
  });

  it('takes the label back and says why when the program refuses', async () => {
    const { program, studio, photos } = await open(20);
    const { AppError } = await import('@shared/api/errors');
    program.refuseNext('dataset.assignLabel', new AppError('not-found', 'That label is gone.'));
    const done = studio.edits.assignLabel([3], 1);
    expect(photoAt(photos.getState().pages, 2)?.labelId).toBe(1);
    await expect(done).rejects.toMatchObject({ message: 'That label is gone.' });
    expect(photoAt(photos.getState().pages, 2)?.labelId).toBeUndefined();
  });

  it('refuses to edit nothing', async () => {
    const { studio } = await open(3);
    await expect(studio.edits.assignLabel([], 1)).rejects.toMatchObject({ code: 'bad-request' });
  });
});
