import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPhonePhotosService } from '@main/services/phone-photos/phone-photos-service';
import type { ParsedInput } from '@shared/api/contract';
import { expect, it, onTestFinished, vi } from 'vitest';
import { onBothPhones } from '../fixtures/both-phones';
import { createDatasetProject } from '../fixtures/dataset-project';
import { makeHeic } from '../fixtures/make-heic';
import { drawPhoto } from '../fixtures/make-photos';

const context = { signal: new AbortController().signal };
const draw = (seed: string) => drawPhoto(seed, { width: 96, height: 64 });

onBothPhones('photos on', (openPhone) => {
  async function open() {
    const phone = await openPhone();
    let onChange = () => {};
    const project = createDatasetProject({
      emit(name) {
        if (name === 'dataset.changed') onChange();
      },
    });
    const service = createPhonePhotosService({
      context: project.context,
      jobs: project.jobs,
      dataset: project.service.dataset,
      hub: phone.hub,
    });
    onTestFinished(async () => {
      await service.dispose();
      await phone.hub.dispose();
    });
    const { deviceId } = phone;
    await vi.waitFor(async () => expect((await phone.hub.list())[0]?.state).toBe('ready'), 30_000);
    /** Taken on the given day of March. */
    const shoot = (path: string, day: number, bytes: Uint8Array) => {
      mkdirSync(join(phone.photoFolder, path, '..'), { recursive: true });
      writeFileSync(join(phone.photoFolder, path), bytes);
      const at = new Date(Date.UTC(2026, 2, day, 12));
      utimesSync(join(phone.photoFolder, path), at, at);
    };
    const list = async (choice: Partial<ParsedInput<'phonePhotos.list'>> = {}) =>
      service.handlers['phonePhotos.list'](
        { deviceId, anew: true, onlyNew: false, offset: 0, limit: 100, ...choice },
        context,
      );
    const pullPhotos = async (choice: Partial<ParsedInput<'phonePhotos.pull'>> = {}) => {
      await service.handlers['phonePhotos.pull']({ deviceId, onlyNew: false, ...choice }, context);
      return project.jobs.last().run();
    };
    const whenChanged = (work: () => void) => void (onChange = work);
    return { ...phone, project, service, shoot, list, pullPhotos, whenChanged };
  }

  it('are listed by album, the newest first, and shown small', async () => {
    const { shoot, list, service, camera } = await open();
    shoot(`${camera}/IMG_1.jpg`, 1, await draw('1'));
    shoot(`${camera}/IMG_2.heic`, 3, await makeHeic(await draw('heic')));
    shoot(`${camera}/it's “new”.jpg`, 4, await draw('3'));
    shoot(`${camera}/MOV_1.mp4`, 5, Buffer.from('film'));
    shoot('.thumbnails/1.jpg', 6, await draw('4'));
    shoot('Screens/S_1.jpg', 2, Buffer.from('no photo'));
    const { albums, total, photos } = await list();
    expect(albums).toEqual([
      { name: camera, count: 3, fresh: 3 },
      { name: 'Screens', count: 1, fresh: 1 },
    ]);
    expect(total).toBe(4);
    const names = ["it's “new”.jpg", 'IMG_2.heic', 'S_1.jpg', 'IMG_1.jpg'];
    expect(photos.map(({ fileName }) => fileName)).toEqual(names);
    expect(photos[1]).toMatchObject({
      album: camera,
      modifiedAt: '2026-03-03T12:00:00.000Z',
      isNew: true,
    });
    const pictures = await Promise.all(photos.map(({ id }) => service.thumbnail(id)));
    expect(pictures.map((jpeg) => jpeg && [...jpeg.subarray(0, 2)])).toEqual([
      [255, 216],
      [255, 216],
      undefined,
      [255, 216],
    ]);
    expect(await service.thumbnail('list-1-99')).toBeUndefined();
    const page = await list({ album: camera, offset: 1, limit: 1, anew: false });
    expect([page.total, page.photos.map(({ fileName }) => fileName)]).toEqual([3, ['IMG_2.heic']]);
  });

  it('that are chosen come in once, HEIC too, and only new ones are offered next', async () => {
    const { shoot, list, pullPhotos, project, camera, deviceId } = await open();
    shoot(`${camera}/IMG_1.jpg`, 1, await draw('1'));
    shoot(`${camera}/IMG_2.heic`, 2, await makeHeic(await draw('heic')));
    shoot(`${camera}/IMG_3.jpg`, 3, await draw('3'));
    shoot(`${camera}/IMG_4.jpg`, 4, Buffer.from('no photo'));
    const { photos } = await list();
    const photoIds = photos.filter(({ fileName }) => fileName !== 'IMG_3.jpg').map(({ id }) => id);
    const { importId } = await pullPhotos({ photoIds, label: 'banana' });
    const { report } = await project.call('dataset.importReport', { importId });
    expect(report).toMatchObject({
      added: 2,
      known: 0,
      problems: [{ path: 'IMG_4.jpg', reason: 'not-an-image' }],
    });
    const taken = await project.photos();
    expect(taken.map(({ fileName, split }) => [fileName, split !== undefined]).sort()).toEqual([
      ['IMG_1.jpg', true],
      ['IMG_2.heic', true],
    ]);
    const [label] = project.service.dataset.labels();
    expect(taken.every(({ labelId }) => labelId === label?.id)).toBe(true);
    expect(label?.name).toBe('banana');
    const detail = await project.call('dataset.photo', { photoId: taken[0]!.id });
    expect(detail.stored).toBe(true);
    expect(project.service.dataset.sources(taken.map(({ id }) => id))).toHaveLength(2);
    const found = await project.photos({ folder: `${deviceId}/DCIM/${camera}` });
    expect(found).toHaveLength(2);

    const fresh = await list({ onlyNew: true });
    expect(fresh.photos.map(({ fileName }) => fileName)).toEqual(['IMG_4.jpg', 'IMG_3.jpg']);
    expect(fresh.albums).toEqual([{ name: camera, count: 4, fresh: 2 }]);
    await pullPhotos({ since: '2026-03-03T00:00:00.000Z', onlyNew: true });
    expect((await project.photos()).map(({ fileName }) => fileName)).toContain('IMG_3.jpg');
    shoot('Screens/S_5.jpg', 5, await draw('5'));
    shoot(`${camera}/IMG_6.jpg`, 6, await draw('6'));
    await list();
    await pullPhotos({ album: 'Screens' });
    const names = (await project.photos()).map(({ fileName }) => fileName);
    expect(names.sort()).toEqual(['IMG_1.jpg', 'IMG_2.heic', 'IMG_3.jpg', 'S_5.jpg']);
    // All of them again: nothing is copied but what did not come, or could not be taken.
    await pullPhotos();
    expect(await project.photos()).toHaveLength(5);
    await expect(pullPhotos({ onlyNew: true, album: 'Nowhere' })).rejects.toMatchObject({
      code: 'nothing-to-import',
      message: 'There are no new photos in Nowhere on the phone.',
    });
    await expect(pullPhotos({ photoIds: ['list-1-0'] })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('pulled out in the middle lose nothing, and say how many are in', async () => {
    const { shoot, pullPhotos, project, camera, pull, plugIn, whenChanged } = await open();
    for (let number = 1; number <= 12; number += 1) {
      shoot(`${camera}/IMG_${number}.jpg`, number, await draw(`${number}`));
    }
    const files = readdirSync(project.folder).sort();
    whenChanged(pull);
    await expect(pullPhotos({ label: 'hat' })).rejects.toMatchObject({
      code: 'device-gone',
      message: expect.stringMatching(/ went away\. 8 of 12 photos are in the project/),
      remedy: expect.stringContaining('not copied twice'),
    });
    whenChanged(() => {});
    const before = await project.photos();
    expect(before).toHaveLength(8);
    expect(before.every(({ split }) => split !== undefined)).toBe(true);
    expect(readdirSync(project.folder).sort()).toEqual(files);
    await plugIn();
    const inspected = project.inspected.length;
    // As a person does who starts the job again.
    await project.jobs.last().run();
    expect(await project.photos()).toHaveLength(12);
    expect(project.inspected.length - inspected).toBe(4);
  });

  it('cancelled, leave nothing behind but what is in', async () => {
    const { shoot, pullPhotos, project, camera, whenChanged } = await open();
    for (let number = 1; number <= 12; number += 1) {
      shoot(`${camera}/IMG_${number}.jpg`, number, await draw(`${number}`));
    }
    const files = readdirSync(project.folder).sort();
    whenChanged(() => project.jobs.last().cancel());
    await expect(pullPhotos()).rejects.toMatchObject({ code: 'cancelled' });
    expect(await project.photos()).toHaveLength(8);
    expect(readdirSync(project.folder).sort()).toEqual(files);
  });
});
