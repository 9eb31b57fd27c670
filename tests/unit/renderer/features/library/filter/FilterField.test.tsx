import { FilterField } from '@renderer/features/library/filter/FilterField';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeLabels, fakePhoto } from '../../../fakes/fake-photos';
import { createFakeProgram } from '../../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../../fakes/render-studio';

async function open() {
  const program = createFakeProgram({
    photos: [fakePhoto(1, { labelId: 1 }), fakePhoto(2, { labelId: 2 }), fakePhoto(3)],
    labels: fakeLabels(['hat', 'hard hat']),
  });
  const { studio } = await openTestStudio(program);
  renderInStudio(studio, <FilterField />);
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Filter' });
  const type = (value: string) => {
    act(() => field.focus());
    fireEvent.change(field, { target: { value } });
  };
  const filter = () => studio.stores.photos.getState().filter;
  return { studio, field, type, filter };
}

describe('the filter field', () => {
  it('applies what is typed', async () => {
    const { type, filter, studio } = await open();
    type('label:"hard hat"');
    await waitFor(() => expect(filter()).toEqual({ labelIds: [2] }));
    await waitFor(() => expect(studio.stores.photos.getState().total).toBe(1));
  });

  it('shows as a line what was clicked elsewhere', async () => {
    const { studio, field } = await open();
    act(() => studio.stores.photos.getState().setFilter({ labelIds: [1, 2], unlabeled: false }));
    expect(field.value).toBe('is:labeled label:hat,"hard hat"');
  });

  it('keeps what it cannot read, says so, and leaves the list alone', async () => {
    const { type, field, filter } = await open();
    type('label:bannana');
    expect((await screen.findByRole('alert')).textContent).toContain(
      '“label:bannana” means nothing',
    );
    act(() => field.blur());
    expect(field.value).toBe('label:bannana');
    expect(filter()).toEqual({});
    type('colour:red');
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('is no filter'));
  });

  it('clears the line and the list', async () => {
    const { type, field, filter } = await open();
    type('is:unlabeled');
    await waitFor(() => expect(filter()).toEqual({ unlabeled: true }));
    fireEvent.click(screen.getByRole('button', { name: 'Clear the filter' }));
    expect(filter()).toEqual({});
    act(() => field.blur());
    expect(field.value).toBe('');
  });

  it('saves the filter under a name', async () => {
    const { type, filter } = await open();
    type('is:unlabeled');
    await waitFor(() => expect(filter()).toEqual({ unlabeled: true }));
    fireEvent.click(screen.getByRole('button', { name: 'Save this filter' }));
    fireEvent.change(await screen.findByRole('textbox', { name: 'Name of the filter' }), {
      target: { value: 'To do' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved the filter To do')).toBeTruthy();
  });

  it('names photos that were picked elsewhere, and lets go of them', async () => {
    const { studio, field } = await open();
    act(() => studio.stores.photos.getState().choose({ title: 'Like IMG_1', ids: [2] }));
    expect(screen.getByText('Like IMG_1')).toBeTruthy();
    expect(field.isConnected).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Back to the list before' }));
    expect(studio.stores.photos.getState().chosen).toBeUndefined();
  });
});
