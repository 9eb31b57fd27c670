import { bridgeChannels } from '@shared/api/electron-bridge';
import { AppError } from '@shared/api/errors';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createElectronHost, type ElectronHost } from '../../../../fakes/electron-host';
import {
  dialog,
  type FakeMenuItem,
  Menu,
  resetFakeElectron,
  shell,
} from '../../../../fakes/fake-electron';

vi.mock('electron', () => import('../../../../fakes/fake-electron'));

let host: ElectronHost;
const imports: unknown[] = [];

beforeEach(async () => {
  resetFakeElectron();
  imports.length = 0;
  host = await createElectronHost({
    handlers: {
      'projects.current': () => ({}),
      'projects.open': () => {
        throw new AppError('project-damaged', 'It is damaged.', 'Restore it.');
      },
      'dataset.importPhotos': (input) => {
        imports.push(input);
        return { jobId: 'job-1' };
      },
    },
  });
  await host.start();
});
afterEach(() => host.remove());

describe('dialogs', () => {
  it('stage what was chosen and tell the page an id only', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/photos/bananas'] });
    expect(await host.invoke(bridgeChannels.chooseSources, 'folder')).toEqual({
      value: 'source-1',
    });
    expect(host.studio.staging.staged.get('source-1')).toEqual(['/photos/bananas']);
    expect(dialog.showOpenDialog).toHaveBeenCalledWith(
      host.window,
      expect.objectContaining({ properties: ['openDirectory', 'multiSelections'] }),
    );
    const place = await host.invoke(bridgeChannels.choosePlace, 'export');
    expect(place).toEqual({ value: { placeId: 'place-2', name: 'bananas' } });
    expect(host.studio.staging.place('place-2')).toBe('/photos/bananas');
  });

  it('show what a job wrote, and no path that a page makes up', async () => {
    const job = createFakeJob({ id: 'job-7', state: 'done', result: { path: '/out/things' } });
    host.studio.handlers['jobs.list'] = () => ({ jobs: [job] });
    expect(await host.invoke(bridgeChannels.showJobResult, 'job-7')).toEqual({});
    for (const wrong of ['job-8', '/etc', undefined, { path: '/etc' }]) {
      expect(await host.invoke(bridgeChannels.showJobResult, wrong)).toMatchObject({
        error: { code: 'bad-request' },
      });
    }
    expect(shell.showItemInFolder.mock.calls).toEqual([['/out/things']]);
  });

  it('that are dismissed stage nothing', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
    const nothing = { value: undefined };
    expect(await host.invoke(bridgeChannels.chooseSources, 'files')).toEqual(nothing);
    expect(await host.invoke(bridgeChannels.choosePlace, 'open-project')).toEqual(nothing);
    expect(host.studio.staging.staged.size + host.studio.staging.places.size).toBe(0);
  });

  it.each(['anything', 'constructor', 7, undefined])('of kind %s do not open', async (kind) => {
    const refused = { error: { code: 'bad-request' } };
    expect(await host.invoke(bridgeChannels.chooseSources, kind)).toMatchObject(refused);
    expect(await host.invoke(bridgeChannels.choosePlace, kind)).toMatchObject(refused);
    expect(dialog.showOpenDialog).not.toHaveBeenCalled();
  });

  it('dropped files are staged by their paths; made-up ones are not', async () => {
    const stage = (paths: unknown) => host.invoke(bridgeChannels.stagePaths, paths);
    expect(await stage(['/photos/a.jpg', '', 'b.jpg', 7])).toEqual({ value: 'source-1' });
    expect(host.studio.staging.staged.get('source-1')).toEqual(['/photos/a.jpg']);
    expect(await stage([''])).toMatchObject({
      error: { code: 'nothing-to-import', remedy: expect.any(String) },
    });
    expect(await stage('/etc')).toMatchObject({ error: { code: 'bad-request' } });
  });
});

describe('the menu', () => {
  const item = (label: string) => {
    const find = (items: FakeMenuItem[]): FakeMenuItem | undefined =>
      items
        .flatMap((entry) => [entry, find(entry.submenu ?? [])])
        .find((entry) => entry?.label === label);
    const found = find(Menu.current ?? []);
    if (!found?.click) throw new Error(`The menu has no ${label}.`);
    return found.click;
  };

  it('imports what its dialog staged', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/photos'] });
    await item('Import Folder …')();
    expect(imports).toEqual([{ sourceIds: ['source-1'], copy: false, labels: 'folders' }]);
  });

  it('shows an error with its remedy', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/project'] });
    await item('Open Project …')();
    expect(dialog.showMessageBox).toHaveBeenCalledWith(host.window, {
      type: 'error',
      message: 'It is damaged.',
      detail: 'Restore it.',
    });
  });

  it('does nothing when its dialog is dismissed', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
    for (const label of ['New Project …', 'Open Project …', 'Import Photos …']) await item(label)();
    expect([imports, dialog.showMessageBox.mock.calls]).toEqual([[], []]);
  });
});
