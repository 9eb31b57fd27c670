import { libraryActions } from '@renderer/features/library/library-actions';
import { WatchedFolders } from '@renderer/features/library/import/WatchedFolders';
import type { Handlers } from '@shared/api/contract';
import type { WatchedFolder } from '@shared/api/watched-api';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { createFakeProgram } from '../../fakes/fake-program';
import { openTestStudio, renderInStudio } from '../../fakes/render-studio';

async function open(folders: WatchedFolder[]) {
  const program = createFakeProgram();
  const calls: unknown[] = [];
  let shown = folders;
  const note = (name: string) => (input: object) => {
    calls.push([name, input]);
    return {};
  };
  const handlers: Partial<Handlers> = {
    'watched.list': () => ({ folders: shown }),
    'watched.setPaused': note('setPaused'),
    'watched.remove': note('remove'),
    'watched.add': ({ placeId }) => {
      calls.push(['add', placeId]);
      return { id: 'watch-9' };
    },
  };
  Object.assign(program.handlers, handlers);
  const test = await openTestStudio(program);
  const { watched } = test.studio.stores;
  await waitFor(() => expect(watched.getState().folders).toHaveLength(folders.length));
  renderInStudio(test.studio, <WatchedFolders />);
  const change = (next: WatchedFolder[]) => {
    shown = next;
    program.emit('watched.changed', {});
  };
  return { ...test, calls, change };
}

const camera: WatchedFolder = {
  id: 'watch-1',
  folder: '/home/me/camera',
  state: 'watching',
  lasting: true,
  lastImport: { importId: 'import-4', at: new Date().toISOString(), added: 1234 },
};

it('has a line for each folder, and what can be done about it', async () => {
  const paused: WatchedFolder = {
    id: 'watch-2',
    folder: 'C:\\photos\\new\\',
    state: 'paused',
    lasting: false,
  };
  const { calls, studio } = await open([camera, paused]);
  const [first, second] = screen.getAllByRole('listitem').map((line) => within(line));
  expect(first?.getByText('camera').title).toBe('/home/me/camera');
  expect(first?.getByRole('status').textContent).toBe('Watching for new photos');
  expect(second?.getByText('new')).toBeDefined();
  expect(second?.getByRole('status').textContent).toBe('Paused · until the program ends');
  fireEvent.click(first?.getByRole('button', { name: 'Pause' }) as Element);
  fireEvent.click(second?.getByRole('button', { name: 'Go on' }) as Element);
  fireEvent.click(second?.getByRole('button', { name: 'Stop watching' }) as Element);
  await waitFor(() =>
    expect(calls).toEqual([
      ['setPaused', { id: 'watch-1', paused: true }],
      ['setPaused', { id: 'watch-2', paused: false }],
      ['remove', { id: 'watch-2' }],
    ]),
  );
  fireEvent.click(first?.getByRole('button', { name: /1,234 photos added/ }) as Element);
  expect(studio.stores.view.getState().importReport).toEqual({ importId: 'import-4' });
});

it('follows the program: a folder that goes, a problem, none any more', async () => {
  const { change } = await open([camera]);
  change([{ ...camera, state: 'gone' }]);
  expect(await screen.findByText(/Not there now/)).toBeDefined();
  change([{ ...camera, problem: 'The disk is full.' }]);
  expect(await screen.findByText('The disk is full.')).toBeDefined();
  change([]);
  await waitFor(() => expect(screen.queryByRole('listitem')).toBeNull());
});

it('is asked for in a dialog of the system, which a browser does not have', async () => {
  const { studio, host, calls } = await open([]);
  const action = () => libraryActions(studio).find(({ id }) => id === 'photos.watch-folder');
  expect(action()?.enabled?.()).toBe(false);
  const asked: string[] = [];
  const places = [undefined, { placeId: 'place-3', name: 'camera' }];
  host.choosePlace = async (purpose) => {
    asked.push(purpose);
    return places.shift();
  };
  expect(action()?.enabled?.()).toBe(true);
  await action()?.run();
  expect(calls).toEqual([]);
  await action()?.run();
  expect([asked, calls]).toEqual([['watch', 'watch'], [['add', 'place-3']]]);
});
