import { libraryActions } from '@renderer/features/library/library-actions';
import { PhotoCell } from '@renderer/features/library/grid/PhotoCell';
import { useActionKeys } from '@renderer/actions/use-action-keys';
import { gridRows } from '@renderer/stores/grid-rows';
import type { Studio } from '@renderer/stores/create-studio';
import { useStudio } from '@renderer/stores/use-studio';
import { AppError } from '@shared/api/errors';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { useCallback } from 'react';
import { describe, expect, it } from 'vitest';
import { fakeLabels, fakePhoto } from '../../fakes/fake-photos';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

/** The first cells of a grid under the keys of Photos. */
function Cells() {
  const studio = useStudio();
  useActionKeys(useCallback(() => libraryActions(studio), [studio]));
  return [0, 1, 2].map((index) => (
    <PhotoCell key={index} index={index} column={index} size={160} />
  ));
}

async function open() {
  const program = createFakeProgram({
    photos: [fakePhoto(1), fakePhoto(2), fakePhoto(3)],
    labels: fakeLabels(['banana', 'hat']),
  });
  const { studio } = await openTestStudio(program);
  renderInStudio(studio, <Cells />);
  studio.stores.selection.getState().setGrid({ rows: gridRows(3, 3, []), screen: 1 });
  await press(studio, 'ArrowRight');
  return { program, studio };
}

/** Presses a key and lets what it started with one photo settle. */
async function press(studio: Studio, key: string) {
  const before = studio.stores.selection.getState();
  await act(async () => {
    fireEvent.keyDown(window, { key, code: key });
    await Promise.resolve();
  });
  return before;
}

/** When every key so far has taken its step. */
const settled = (studio: Studio) =>
  act(() => studio.stores.selection.getState().inTurn(async () => undefined));

const cell = (number: number) => {
  const found = document.getElementById(`photo-cell-${number - 1}`);
  if (!found) throw new Error(`no cell ${number}`);
  return found;
};

describe('labeling by key in the grid', () => {
  it('shows the label while the program still works on it, and goes on', async () => {
    const { program, studio } = await open();
    const release = program.hold('dataset.assignLabel');
    await press(studio, '1');
    await settled(studio);
    expect(cell(1).textContent).toContain('banana');
    expect(program.photos[0]?.labelId).toBeUndefined();
    expect(studio.stores.selection.getState().focus?.id).toBe(2);
    release();
    await waitFor(() => expect(program.photos[0]?.labelId).toBe(1));
  });

  it('takes the label back and shows the reason when the program refuses', async () => {
    const { program, studio } = await open();
    program.refuseNext(
      'dataset.assignLabel',
      new AppError('not-writable', 'The project folder is read-only.', 'Make it writable.'),
    );
    await press(studio, '2');
    await waitFor(() => expect(cell(1).textContent).not.toContain('hat'));
    expect(await screen.findByText('The project folder is read-only.')).toBeTruthy();
    expect(await screen.findByText('Make it writable.')).toBeTruthy();
  });

  it('labels all selected photos and stays on them', async () => {
    const { program, studio } = await open();
    studio.stores.selection.getState().select([1, 2, 3]);
    await press(studio, '2');
    await waitFor(() => expect(program.photos.every(({ labelId }) => labelId === 2)).toBe(true));
    expect(studio.stores.selection.getState().selected.size).toBe(3);
    expect(await screen.findByText(/Labeled 3 photos hat/)).toBeTruthy();
  });

  it('clears with Backspace and excludes with X, both ways', async () => {
    const { program, studio } = await open();
    await press(studio, '1');
    await press(studio, 'ArrowLeft');
    await press(studio, 'Backspace');
    await waitFor(() => expect(program.photos[0]?.labelId).toBeUndefined());
    await press(studio, 'x');
    await waitFor(() => expect(program.photos[0]?.excluded).toBe(true));
    await press(studio, 'x');
    await waitFor(() => expect(program.photos[0]?.excluded).toBe(false));
  });

  it('marks what is selected for those who do not see it', async () => {
    const { studio } = await open();
    expect(cell(1).getAttribute('aria-selected')).toBe('true');
    await press(studio, 'Escape');
    expect(cell(1).getAttribute('aria-selected')).toBe('false');
  });

  it('labels one photo a press, however fast the presses come', async () => {
    const { program } = await open();
    await act(async () => {
      for (const key of ['1', '2', '1']) fireEvent.keyDown(window, { key, code: key });
      await Promise.resolve();
    });
    await waitFor(() => expect(program.photos.map(({ labelId }) => labelId)).toEqual([1, 2, 1]));
  });

  it('labels one photo while a key is held down', async () => {
    const { program, studio } = await open();
    await act(async () => {
      fireEvent.keyDown(window, { key: '1', code: '1' });
      fireEvent.keyDown(window, { key: '1', code: '1', repeat: true });
      await settled(studio);
    });
    await waitFor(() => expect(program.photos[0]?.labelId).toBe(1));
    await settled(studio);
    expect(program.calls.filter((call) => call === 'dataset.assignLabel')).toHaveLength(1);
  });

  it('makes a key the brush while painting, and Escape ends it', async () => {
    const { program, studio } = await open();
    const view = studio.stores.view.getState;
    act(() => view().set({ painting: true }));
    await press(studio, '2');
    expect(view().brush).toBe(2);
    expect(program.calls).not.toContain('dataset.assignLabel');
    await press(studio, 'Escape');
    expect(view()).toMatchObject({ painting: false, brush: undefined });
  });
});
