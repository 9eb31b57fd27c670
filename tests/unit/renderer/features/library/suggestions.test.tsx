import { libraryActions } from '@renderer/features/library/library-actions';
import { PhotoCell } from '@renderer/features/library/grid/PhotoCell';
import { FilterField } from '@renderer/features/library/filter/FilterField';
import { Inspector } from '@renderer/features/library/inspector/Inspector';
import { SuggestionsSection } from '@renderer/features/library/suggestions/SuggestionsSection';
import { useActionKeys } from '@renderer/actions/use-action-keys';
import { gridRows } from '@renderer/stores/grid-rows';
import { useStudio } from '@renderer/stores/use-studio';
import type { PhotoSummary } from '@shared/domain/photo';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useCallback } from 'react';
import { describe, expect, it } from 'vitest';
import { fakeLabels, fakePhoto } from '../../fakes/fake-photos';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

const suggest = (labelId: number, probability: number): Partial<PhotoSummary> => ({
  suggestion: { labelId, probability },
});

/** Cells, section, inspector and filter line of Photos under its keys. */
function Place() {
  const studio = useStudio();
  useActionKeys(useCallback(() => libraryActions(studio), [studio]));
  return (
    <>
      <FilterField />
      <SuggestionsSection />
      {[0, 1, 2, 3].map((index) => (
        <PhotoCell key={index} index={index} column={index} size={160} />
      ))}
      <Inspector />
    </>
  );
}

/** Photos 1 to 3 wait for a label, the surest first; 4 is a hat. */
async function open() {
  const program = createFakeProgram({
    photos: [
      fakePhoto(1, suggest(1, 0.996)),
      fakePhoto(2, suggest(2, 0.85)),
      fakePhoto(3, suggest(2, 0.6)),
      fakePhoto(4, { labelId: 2 }),
    ],
    labels: fakeLabels(['banana', 'hat']),
  });
  const { studio } = await openTestStudio(program);
  renderInStudio(studio, <Place />);
  studio.stores.selection.getState().setGrid({ rows: gridRows(4, 4, []), screen: 1 });
  await screen.findByText(/By the 4 nearest/, { selector: 'section p' });
  return { program, studio };
}

const press = (key: string, more: object = {}) =>
  act(async () => void fireEvent.keyDown(window, { key, code: key, ...more }));

const cell = (number: number) => {
  const found = document.getElementById(`photo-cell-${number - 1}`);
  if (!found) throw new Error(`no cell ${number}`);
  return found;
};

const acceptButton = () => screen.getByRole('button', { name: /^Accept .* at ≥/ });

describe('a photo without a label', () => {
  it('shows what it might be called, how probable that is and by whom', async () => {
    await open();
    const chip = within(cell(2)).getByText('hat').parentElement;
    expect(chip?.textContent).toBe('hat85%');
    expect(chip?.title).toContain('the 4 nearest of 4 labeled photos');
    // Nothing is said to be certain that is not.
    expect(cell(1).textContent).toBe('banana99%');
    expect(cell(4).textContent).toBe('hat');
  });

  it('gets the suggested label with Enter, shown at once, and the next one is there', async () => {
    const { program, studio } = await open();
    await press('ArrowRight');
    const release = program.hold('dataset.assignLabel');
    await press('Enter');
    await press('Enter');
    await waitFor(() => expect(studio.stores.selection.getState().focus?.id).toBe(3));
    expect([cell(1).textContent, cell(2).textContent]).toEqual(['banana', 'hat']);
    release();
    await waitFor(() =>
      expect(program.photos.map(({ labelId }) => labelId)).toEqual([1, 2, undefined, 2]),
    );
  });

  it('keeps its label on Enter when it has one, and stays what it is while painting', async () => {
    const { program } = await open();
    await press('ArrowRight');
    await press('End');
    await press('Enter');
    await press('Home');
    await press('p', { altKey: true, code: 'KeyP' });
    await press('Enter');
    await press('p', { altKey: true, code: 'KeyP' });
    expect(program.calls).not.toContain('dataset.assignLabel');
    expect(program.calls).not.toContain('suggestions.accept');
  });

  it('is taken over together with others as one edit, with a way back', async () => {
    const { program } = await open();
    await press('a', { ctrlKey: true });
    await press('Enter');
    await waitFor(() => expect(program.photos.every(({ labelId }) => labelId)).toBe(true));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(program.photos.filter(({ labelId }) => labelId)).toHaveLength(1));
  });

  it('shows the suggestion in the inspector, which accepts it on a click', async () => {
    const { program } = await open();
    await press('ArrowRight');
    fireEvent.click(await screen.findByRole('button', { name: /^Accept Enter/ }));
    await waitFor(() => expect(program.photos[0]?.labelId).toBe(1));
  });
});

describe('accepting all above a threshold', () => {
  it('counts what is listed and accepts exactly that', async () => {
    const { program, studio } = await open();
    await waitFor(() => expect(acceptButton().textContent).toBe('Accept 1 at ≥ 90%'));
    act(() => studio.stores.view.getState().set({ acceptThreshold: 0.8 }));
    await waitFor(() => expect(acceptButton().textContent).toBe('Accept 2 at ≥ 80%'));
    act(() => studio.stores.photos.getState().setFilter({ text: '00002' }));
    await waitFor(() => expect(acceptButton().textContent).toBe('Accept 1 at ≥ 80%'));
    act(() => studio.stores.photos.getState().choose({ title: 'Some', ids: [1, 2] }));
    await waitFor(() => expect(acceptButton().textContent).toBe('Accept 2 at ≥ 80%'));
    fireEvent.click(acceptButton());
    await waitFor(() =>
      expect(program.photos.map(({ labelId }) => labelId)).toEqual([1, 2, undefined, 2]),
    );
    await waitFor(() => expect(acceptButton().textContent).toBe('Accept 0 at ≥ 80%'));
    expect(acceptButton()).toHaveProperty('disabled', true);
  });

  it('names the model once there is one, and what is missing when there are none', async () => {
    const { program } = await open();
    program.suggestions.source = { kind: 'model', modelId: 'model-1', name: 'Lite0 A' };
    act(() => program.emit('suggestions.changed', { answers: true }));
    expect(await screen.findByText('By the model Lite0 A')).toBeTruthy();
    program.suggestions.source = { kind: 'none', reason: 'labels' };
    act(() => program.emit('suggestions.changed', { answers: true }));
    expect(await screen.findByText(/Label photos of two labels/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Accept .* at/ })).toBeNull();
  });

  it('reviews the least certain first in the place Label', async () => {
    const { studio } = await open();
    fireEvent.click(screen.getByRole('button', { name: 'Review the least certain' }));
    await waitFor(() => expect(studio.stores.labeling.getState().queue).toHaveLength(3));
    expect(studio.stores.view.getState().place).toBe('label');
    expect(studio.stores.labeling.getState().source).toBe('uncertain');
    await waitFor(() =>
      expect(studio.stores.labeling.getState().suggestions.get(2)).toEqual({
        labelId: 2,
        probability: 0.85,
      }),
    );
  });
});

describe('find more like this', () => {
  it('lists what looks like the photo, says how it was looked for, and goes back', async () => {
    const { program, studio } = await open();
    program.similar = { photos: [3, 2], method: 'exact', of: 3 };
    await press('ArrowRight');
    await press('s', { altKey: true, code: 'KeyS' });
    expect(await screen.findByText('Like photo-00001.jpg: exact, among 3')).toBeTruthy();
    await waitFor(() => expect(within(cell(1)).getByAltText('photo-00003.jpg')).toBeTruthy());
    expect(studio.stores.photos.getState().total).toBe(2);

    // Found from what was found: each step leads back to the one before.
    program.similar = { photos: [4], method: 'approximate', of: 99_999 };
    await press('a', { ctrlKey: true });
    fireEvent.click(await screen.findByRole('button', { name: 'Find more like this' }));
    expect(await screen.findByText('Like 2 photos: approximate, among 99,999')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Back to the list before' }));
    expect(await screen.findByText('Like photo-00001.jpg: exact, among 3')).toBeTruthy();
    await press('Escape');
    await waitFor(() => expect(studio.stores.photos.getState().total).toBe(4));
  });
});
