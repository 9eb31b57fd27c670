import { currentPhoto } from '@renderer/stores/labeling-store';
import { AppError } from '@shared/api/errors';
import { describe, expect, it, vi } from 'vitest';
import { fakeLabels, fakePhoto } from '../fakes/fake-photos';
import { createFakeProgram } from '../fakes/fake-program';
import { openTestStudio } from '../fakes/render-studio';

async function open() {
  const program = createFakeProgram({
    photos: [
      fakePhoto(1),
      fakePhoto(2, { labelId: 1 }),
      fakePhoto(3),
      fakePhoto(4, { excluded: true }),
      fakePhoto(5),
    ],
    labels: fakeLabels(['banana', 'hat']),
  });
  const { studio } = await openTestStudio(program);
  const labeling = studio.stores.labeling;
  await labeling.getState().start('unlabeled');
  return { program, studio, labeling, current: () => currentPhoto(labeling.getState()) };
}

const banana = { labelId: 1, excluded: false };

describe('labeling store', () => {
  it('goes through what Photos lists, also when that was picked elsewhere', async () => {
    const { labeling, studio } = await open();
    studio.stores.photos.getState().choose({ title: 'Blurred', ids: [5, 2] });
    await labeling.getState().start('listed');
    expect(labeling.getState().queue).toEqual([5, 2]);
  });

  it('goes through what is unlabeled and not excluded', async () => {
    const { labeling } = await open();
    expect(labeling.getState().queue).toEqual([1, 3, 5]);
  });

  it('goes through what Photos lists', async () => {
    const { studio, labeling } = await open();
    studio.stores.photos.getState().setFilter({ labelIds: [1] });
    await labeling.getState().start('listed');
    expect(labeling.getState().queue).toEqual([2]);
  });

  it('knows what photos near the current one would be called, and follows suggestions', async () => {
    const { program, labeling } = await open();
    const suggested = () => [...labeling.getState().suggestions];
    const hat = { labelId: 2, probability: 0.7 };
    program.photos = program.photos.map((photo) =>
      photo.id === 3 ? { ...photo, suggestion: hat } : photo,
    );
    expect(suggested()).toEqual([]);
    program.emit('suggestions.changed', { answers: true });
    await vi.waitFor(() => expect(suggested()).toEqual([[3, hat]]));
    await labeling.getState().start('uncertain');
    await vi.waitFor(() => expect(suggested()).toEqual([[3, hat]]));
    expect(labeling.getState().queue).toEqual([1, 3, 5]);
  });

  it('is at the next photo before the program has the label', async () => {
    const { program, labeling, current } = await open();
    const release = program.hold('dataset.assignLabel');
    const done = labeling.getState().answer(banana);
    expect(current()).toBe(3);
    release();
    await done;
    expect(program.photos[0]?.labelId).toBe(1);
  });

  it('comes back to the photo when the program refuses', async () => {
    const { program, labeling, current } = await open();
    program.refuseNext('dataset.assignLabel', new AppError('busy', 'Not now.'));
    await expect(labeling.getState().answer(banana)).rejects.toMatchObject({ code: 'busy' });
    expect(current()).toBe(1);
    expect(labeling.getState().answers.size).toBe(0);
  });

  it('comes back to the photo whose label was undone', async () => {
    const { program, studio, labeling, current } = await open();
    await labeling.getState().answer(banana);
    await labeling.getState().answer({ excluded: true });
    expect(current()).toBe(5);
    await studio.edits.undo();
    program.emit('dataset.changed', { photoIds: [3] });
    await vi.waitFor(() => expect(current()).toBe(3));
    expect(labeling.getState().answers.has(1)).toBe(true);
  });

  it('stays within the queue and its end', async () => {
    const { labeling, current } = await open();
    labeling.getState().goTo(-4);
    expect(current()).toBe(1);
    labeling.getState().goTo(99);
    expect(current()).toBeUndefined();
    await labeling.getState().answer(banana);
    expect(labeling.getState().answers.size).toBe(0);
  });
});
