import { PhonePhotosDialog } from '@renderer/features/phone-photos/PhonePhotosDialog';
import { AppError } from '@shared/api/errors';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { pixel } from '../../../../fakes/fake-phone';
import { fakePhonePhoto } from '../../fakes/fake-phone-photos';
import { fakeLabels } from '../../fakes/fake-photos';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

function createProgram() {
  const program = createFakeProgram({ labels: fakeLabels(['banana', 'hat']) });
  program.phones.devices = [pixel];
  program.phonePhotos.photos = [
    fakePhonePhoto(5),
    fakePhonePhoto(4),
    fakePhonePhoto(3, { album: 'Screens' }),
    fakePhonePhoto(2, { isNew: false }),
    fakePhonePhoto(1),
  ];
  return program;
}

async function openDialog(program = createProgram()) {
  const opened = await openTestStudio(program);
  renderInStudio(opened.studio, <PhonePhotosDialog />);
  opened.studio.stores.view.getState().set({ phonePhotosOpen: true });
  return { ...opened, program };
}

const tile = (name: string) => screen.getByRole('button', { name });

describe('Photos on a phone', () => {
  it('teaches what to do while there is no phone, or it is not ready', async () => {
    const program = createProgram();
    program.phones.devices = [];
    await openDialog(program);
    await screen.findByText(/Plug in a phone/);
    program.emit('devices.changed', { devices: [{ ...pixel, state: 'unauthorized' }], tools: [] });
    await screen.findByText(/asks whether this computer may use it/);
    program.emit('devices.changed', { devices: [pixel], tools: [] });
    await screen.findByRole('button', { name: 'IMG_5.jpg' });
  });

  it('offers new ones first, and all of them when told', async () => {
    const { program, studio } = await openDialog();
    await screen.findByRole('button', { name: 'IMG_5.jpg' });
    expect(screen.queryByRole('button', { name: /IMG_2/ })).toBeNull();
    expect(tile('IMG_5.jpg').querySelector('img')?.getAttribute('src')).toContain(
      'phone/list-1-5/thumbnail',
    );
    fireEvent.click(screen.getByRole('switch', { name: 'Only new ones' }));
    await screen.findByRole('button', { name: 'IMG_2.jpg, Came before' });
    fireEvent.click(screen.getByRole('button', { name: 'Import all 5' }));
    await waitFor(() => expect(program.phonePhotos.pulled).toHaveLength(1));
    expect(program.phonePhotos.pulled[0]).toEqual({ deviceId: pixel.id, onlyNew: false });
    // Its progress is in the tray.
    await waitFor(() => expect(studio.stores.view.getState().phonePhotosOpen).toBe(false));
  });

  it('imports those that are chosen, with Shift a row of them', async () => {
    const { program } = await openDialog();
    fireEvent.click(await screen.findByRole('button', { name: 'IMG_5.jpg' }));
    fireEvent.click(tile('IMG_3.jpg'), { shiftKey: true });
    fireEvent.click(tile('IMG_4.jpg'));
    expect(tile('IMG_4.jpg').getAttribute('aria-pressed')).toBe('false');
    expect(screen.getByText('2 chosen')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Import 2 photos' }));
    await waitFor(() =>
      expect(program.phonePhotos.pulled).toMatchObject([{ photoIds: ['list-1-5', 'list-1-3'] }]),
    );
  });

  it('shows the name where there is no picture, and looks again when told', async () => {
    const { program } = await openDialog();
    fireEvent.error(
      (await screen.findByRole('button', { name: 'IMG_5.jpg' })).querySelector('img')!,
    );
    expect(tile('IMG_5.jpg').textContent).toBe('IMG_5.jpg');
    const looks = program.phonePhotos.looks;
    program.phonePhotos.photos.unshift(fakePhonePhoto(6));
    fireEvent.click(screen.getByRole('button', { name: 'Look again' }));
    await screen.findByRole('button', { name: 'IMG_6.jpg' });
    expect(program.phonePhotos.looks).toBe(looks + 1);
  });

  it('says what the phone has against it, with the way out', async () => {
    const program = createProgram();
    program.phonePhotos.refusal = new AppError('device-refused', 'It is locked.', 'Unlock it.');
    await openDialog(program);
    expect((await screen.findByRole('alert')).textContent).toBe('It is locked.Unlock it.');
    program.phonePhotos.refusal = undefined;
    fireEvent.click(screen.getByRole('button', { name: 'Look again' }));
    await screen.findByRole('button', { name: 'IMG_5.jpg' });
  });
});
