import { CaptureDialog } from '@renderer/features/capture/CaptureDialog';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeLabels } from '../../fakes/fake-photos';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

function setMediaDevices(value: unknown) {
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value });
}

afterEach(() => void Reflect.deleteProperty(navigator, 'mediaDevices'));

/** A camera that can be asked, refused and unplugged. */
function plugIn(error?: string) {
  const track = Object.assign(new EventTarget(), { stop: vi.fn() });
  const stream = Object.assign(new MediaStream(), {
    getTracks: () => [track],
    getVideoTracks: () => [track],
  });
  const ask = vi.fn(async () => {
    if (error !== undefined) throw Object.assign(new Error('refused'), { name: error });
    return stream;
  });
  setMediaDevices({
    getUserMedia: ask,
    enumerateDevices: async () => [{ kind: 'videoinput', deviceId: 'a', label: 'Front' }],
  });
  return { ask, track };
}

async function open() {
  const program = createFakeProgram({ labels: fakeLabels(['hat', 'cup']) });
  const { studio, host } = await openTestStudio(program);
  renderInStudio(studio, <CaptureDialog />);
  act(() => studio.stores.view.getState().set({ capture: { labelId: 2 } }));
  return { program, studio, host };
}

describe('taking photos', () => {
  it.each([
    ['NotAllowedError', /Allow it for this page/],
    ['NotFoundError', /No camera was found/],
    ['NotReadableError', /Another program has the camera/],
    ['TypeError', /does not answer/],
  ])('says why there is no picture and what to do: %s', async (name, sentence) => {
    const { ask } = plugIn(name);
    await open();
    expect((await screen.findByRole('alert')).textContent).toMatch(sentence);
    const hold = screen.getByRole<HTMLButtonElement>('button', { name: /Hold to take photos/ });
    expect(hold.disabled).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
  });

  it('says so where a page cannot have a camera', async () => {
    setMediaDevices(undefined);
    await open();
    expect((await screen.findByRole('alert')).textContent).toMatch(/cannot use a camera/);
  });

  it('notices that the camera was unplugged', async () => {
    const { track } = plugIn();
    await open();
    await waitFor(() =>
      expect(
        screen.getByRole<HTMLButtonElement>('button', { name: /Hold to take photos/ }).disabled,
      ).toBe(false),
    );
    act(() => void track.dispatchEvent(new Event('ended')));
    expect((await screen.findByRole('alert')).textContent).toMatch(/What was taken is still here/);
  });

  it('turns the camera off with the dialog', async () => {
    const { track } = plugIn();
    const { studio } = await open();
    await waitFor(() => expect(screen.getByLabelText('What the camera sees')).toBeTruthy());
    await act(async () => Promise.resolve());
    fireEvent.click(await screen.findByRole('button', { name: 'Done' }));
    expect(studio.stores.view.getState().capture).toBeUndefined();
    await waitFor(() => expect(track.stop).toHaveBeenCalled());
  });

  it('takes its label from where it was opened', async () => {
    plugIn();
    await open();
    const field = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Label' });
    expect(field.value).toBe('cup');
  });
});
