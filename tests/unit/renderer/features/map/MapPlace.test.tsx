import { mapActions } from '@renderer/features/map/map-actions';
import { MapPlace } from '@renderer/features/map/MapPlace';
import { AppError } from '@shared/api/errors';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeLabels, fakePhoto } from '../../fakes/fake-photos';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

// No layout here: the canvas is said to have 800 x 600 pixels. All of the map is 272 pixels a unit.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  HTMLElement.prototype.setPointerCapture = () => undefined;
});

/** Photos 1 to 3 at the left, 4 to 6 at the right. */
function createMappedProgram() {
  const program = createFakeProgram({
    photos: Array.from({ length: 6 }, (_, index) =>
      fakePhoto(index + 1, { labelId: index < 3 ? 1 : 2, split: 'train' }),
    ),
    labels: fakeLabels(['banana', 'hat', 'truck']),
  });
  program.map.drawnAt = '2026-01-02T03:04:05.000Z';
  program.map.layout = 1;
  program.map.places = program.photos.map(({ id }) => ({
    photoId: id,
    x: id <= 3 ? -0.8 : 0.8,
    y: (id % 3) * 0.1,
  }));
  return program;
}

async function openMap(program = createMappedProgram()) {
  const opened = await openTestStudio(program);
  const { unmount } = renderInStudio(opened.studio, <MapPlace />);
  const map = opened.studio.stores.map.getState;
  await waitFor(() => expect(map().overview).toBeDefined());
  if (program.map.drawnAt !== undefined) await screen.findByRole('img', { name: /^Map of/ });
  const run = async (id: string) => {
    const action = mapActions(opened.studio).find((candidate) => candidate.id === id);
    if (!action) throw new Error(`There is no action ${id}`);
    expect(action.enabled?.() ?? true).toBe(true);
    await action.run();
  };
  return { ...opened, program, run, map, unmount };
}

const surface = () => screen.getByRole('img', { name: /^Map of/ }).parentElement as HTMLElement;

/** Draws a line from point to point, with the given keys held. */
function drag(corners: readonly (readonly [number, number])[], keys = {}): void {
  const [first, ...rest] = corners.map(([clientX, clientY]) => ({ clientX, clientY, ...keys }));
  fireEvent.pointerDown(surface(), { button: 0, ...first });
  for (const corner of rest) fireEvent.pointerMove(surface(), corner);
  fireEvent.pointerUp(surface(), rest.at(-1) ?? first);
}

const leftHalf = [
  [20, 20],
  [380, 20],
  [380, 580],
  [20, 580],
] as const;

describe('Map', () => {
  it('before the first one teaches and offers one button', async () => {
    const { program } = await openMap(createFakeProgram({ photos: [fakePhoto(1)] }));
    fireEvent.click(await screen.findByRole('button', { name: 'Draw the map' }));
    await waitFor(() => expect(program.calls).toContain('map.compute'));
  });

  it('without photos says what is missing', async () => {
    await openMap(createFakeProgram());
    expect(await screen.findByText(/Add photos first/)).toBeDefined();
    expect(screen.getByRole('button', { name: 'Draw the map' })).toHaveProperty('disabled', true);
  });

  it('shows what the colors mean, with counts', async () => {
    await openMap();
    expect((await screen.findByRole('button', { name: /banana/ })).textContent).toContain('3');
    fireEvent.click(screen.getByRole('radio', { name: 'Split' }));
    expect((await screen.findByRole('button', { name: /Training/ })).textContent).toContain('6');
    fireEvent.click(screen.getByRole('radio', { name: 'Disagreement' }));
    expect(await screen.findByText(/No suggestions yet/)).toBeDefined();
  });

  it('catches photos with Shift, and lists them in Photos', async () => {
    const { studio, map } = await openMap();
    drag(leftHalf, { shiftKey: true });
    expect([...map().selected]).toEqual([1, 2, 3]);
    fireEvent.click(await screen.findByRole('button', { name: 'Show in Photos' }));
    expect(studio.stores.photos.getState().chosen).toEqual({
      title: 'Caught on the map',
      ids: [1, 2, 3],
    });
    expect(studio.stores.view.getState().place).toBe('photos');
  });

  it('the lasso adds with Ctrl; without it a drag moves the map', async () => {
    const { map, run } = await openMap();
    await run('map.lasso');
    drag(leftHalf);
    drag(
      [
        [420, 20],
        [780, 20],
        [780, 580],
        [420, 580],
      ],
      { ctrlKey: true },
    );
    expect(map().selected.size).toBe(6);
    await run('map.lasso');
    drag([
      [400, 300],
      [500, 300],
    ]);
    expect(map().selected.size).toBe(6);
    expect(map().camera?.x).toBeCloseTo(-100 / 272, 5);
    await run('map.whole');
    expect(map().camera).toBeUndefined();
  });

  it('a click picks the photo under it, a click beside it none', async () => {
    const { map } = await openMap();
    const at = [400 + 0.8 * 272, 300] as const;
    drag([at]);
    expect([...map().selected]).toEqual([6]);
    drag([[400, 300]]);
    expect(map().selected.size).toBe(0);
  });

  it('labels what was caught, at once, as one edit; recolors when labels change elsewhere', async () => {
    const { program, run, map, studio } = await openMap();
    drag(leftHalf, { shiftKey: true });
    await run('label.3');
    expect(program.photos.map(({ labelId }) => labelId)).toEqual([3, 3, 3, 2, 2, 2]);
    expect([...map().facts!.labels]).toEqual([3, 3, 3, 2, 2, 2]);
    await studio.edits.undo();
    await waitFor(() => expect([...map().facts!.labels]).toEqual([1, 1, 1, 2, 2, 2]));
    await studio.edits.assignLabel([5], 1);
    await waitFor(() => expect([...map().facts!.labels]).toEqual([1, 1, 1, 2, 1, 2]));
  });

  it('takes a label back that the program refused', async () => {
    const { program, map, studio } = await openMap();
    drag(leftHalf, { shiftKey: true });
    program.refuseNext('dataset.assignLabel', new AppError('busy', 'Not now.'));
    const action = mapActions(studio).find(({ id }) => id === 'label.3');
    await expect(action!.run()).rejects.toMatchObject({ code: 'busy' });
    expect([...map().facts!.labels]).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it('excludes what was caught: it leaves the map', async () => {
    const { run, map } = await openMap();
    drag(leftHalf, { shiftKey: true });
    await run('map.exclude');
    await waitFor(() => expect([...map().facts!.hidden]).toEqual([1, 1, 1, 0, 0, 0]));
    drag(leftHalf, { shiftKey: true });
    expect(map().selected.size).toBe(0);
  });

  it('by keyboard: one category stands out, and all of it on screen is selected', async () => {
    const { run, map } = await openMap();
    fireEvent.click(await screen.findByRole('button', { name: /hat/ }));
    await run('map.select-all');
    expect([...map().selected]).toEqual([4, 5, 6]);
    await run('map.step-back');
    expect(map()).toMatchObject({ selected: new Set(), highlight: 2 });
    await run('map.step-back');
    expect(map().highlight).toBeUndefined();
    await run('map.zoom-in');
    await run('map.ArrowLeft');
    expect(map().camera?.x).toBeLessThan(0);
  });

  it('shows the photo under the pointer with its label and what is suggested', async () => {
    const program = createMappedProgram();
    program.map.suggestions.set(6, 3);
    await openMap(program);
    fireEvent.pointerMove(surface(), { clientX: 400 + 0.8 * 272, clientY: 300 });
    expect(await screen.findByText('photo-00006.jpg')).toBeDefined();
    expect(screen.getByText('Suggested:').textContent).toBeDefined();
    fireEvent.pointerMove(surface(), { clientX: 400, clientY: 300 });
    await waitFor(() => expect(screen.queryByText('photo-00006.jpg')).toBeNull());
  });

  it('says how many photos are not on it, and draws anew what was drawn anew', async () => {
    const { program, map } = await openMap();
    program.photos = [...program.photos, fakePhoto(7)];
    program.emit('dataset.changed', {});
    expect(await screen.findByText('1 photo is not on it')).toBeDefined();
    program.map.layout = 2;
    program.map.places = [...program.map.places, { photoId: 7, x: 0, y: 0 }];
    program.emit('map.changed', {});
    await waitFor(() => expect(map().points?.photoIds).toHaveLength(7));
  });

  it('asks for nothing while it is not shown', async () => {
    const { program, unmount } = await openMap();
    unmount();
    const before = program.calls.length;
    program.emit('dataset.changed', { photoIds: [1] });
    program.emit('dataset.changed', {});
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(program.calls.slice(before)).not.toContain('map.facts');
    expect(program.calls.slice(before)).not.toContain('map.state');
  });
});
