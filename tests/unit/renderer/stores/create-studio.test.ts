import { describe, expect, it, vi } from 'vitest';
import { fakeLabels, fakePhoto, fakeProject } from '../fakes/fake-photos';
import { createFakeProgram } from '../fakes/fake-program';
import { openTestStudio } from '../fakes/render-studio';

describe('studio', () => {
  it('shows nothing of a project that was closed', async () => {
    const program = createFakeProgram({ photos: [fakePhoto(1)], labels: fakeLabels(['banana']) });
    const { studio } = await openTestStudio(program);
    const { project, dataset, photos } = studio.stores;
    await project.getState().close();
    expect(project.getState().phase).toBe('none');
    expect(dataset.getState().summary).toBeUndefined();
    expect(photos.getState().pages.size).toBe(0);
  });

  it('loads the next project when another one is opened elsewhere', async () => {
    const program = createFakeProgram({ photos: [fakePhoto(1)] });
    const { studio } = await openTestStudio(program);
    program.photos = [fakePhoto(8), fakePhoto(9)];
    program.emit('projects.changed', { project: { ...fakeProject, folder: '/projects/other' } });
    await vi.waitFor(() => expect(studio.stores.photos.getState().total).toBe(2));
    expect(studio.stores.dataset.getState().summary?.total).toBe(2);
  });

  it('catches up after the connection was lost', async () => {
    const program = createFakeProgram({ photos: [fakePhoto(1)] });
    const { studio, host, errors } = await openTestStudio(program);
    host.unreachable = true;
    host.drop();
    await vi.waitFor(() => expect(studio.stores.link.getState().link).toBe('lost'));
    await expect(studio.client.call('jobs.list', {})).rejects.toMatchObject({
      code: 'connection-lost',
    });

    program.photos = [fakePhoto(1), fakePhoto(2)];
    host.unreachable = false;
    studio.reconnect();
    await vi.waitFor(() => expect(studio.stores.photos.getState().total).toBe(2));
    expect(studio.stores.link.getState().link).toBe('open');
    expect(errors, 'a lost connection has its own banner').toEqual([]);
  });

  it('hears events on the new connection', async () => {
    const program = createFakeProgram({ photos: [fakePhoto(1)] });
    const { studio, host } = await openTestStudio(program);
    host.drop();
    await vi.waitFor(() => expect(studio.stores.link.getState().link).toBe('lost'));
    studio.reconnect();
    await vi.waitFor(() => expect(studio.stores.link.getState().link).toBe('open'));
    program.photos = [fakePhoto(1), fakePhoto(2), fakePhoto(3)];
    program.emit('dataset.changed', {});
    await vi.waitFor(() => expect(studio.stores.photos.getState().total).toBe(3));
  });
});
