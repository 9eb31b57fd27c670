import { mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDatasetProject, type DatasetProject } from '../../../../../fixtures/dataset-project';
import { makePhotos } from '../../../../../fixtures/make-photos';
import { temporaryFolder } from '../../../../../fixtures/temporary-folder';

async function createImported(...names: string[]): Promise<[DatasetProject, string[], string]> {
  const [project, folder] = [createDatasetProject(), temporaryFolder()];
  const paths = await makePhotos(folder, names);
  await project.import([folder]);
  return [project, paths, folder];
}

async function reopen(project: DatasetProject): Promise<(string | boolean)[][]> {
  await project.reopen();
  await project.service.checked;
  return (await project.photos()).map(({ fileName, missing }) => [fileName, missing]);
}

describe('opening a project', () => {
  it('flags photos whose file is gone or changed, and no others', async () => {
    const [project, [gone = '', changed = '', touched = '']] = await createImported(
      'a.jpg',
      'b.jpg',
      'c.jpg',
      'd.jpg',
    );
    rmSync(gone);
    writeFileSync(changed, 'other bytes');
    utimesSync(touched, 5, 5);
    expect(await reopen(project)).toEqual([
      ['a.jpg', true],
      ['b.jpg', true],
      ['c.jpg', false],
      ['d.jpg', false],
    ]);
    expect(project.service.sourceFile(1)).toBeUndefined();
    expect(project.service.dataset.sources([4, 1, 3])).toMatchObject([
      { photoId: 4 },
      { photoId: 3 },
    ]);
    expect(project.service.dataset.countCandidates()).toBe(2);
  });

  it('notices bytes changed in place to the same length', async () => {
    const [project, [path = '']] = await createImported('a.jpg');
    const bytes = readFileSync(path);
    bytes.reverse();
    writeFileSync(path, bytes);
    utimesSync(path, 5, 5);
    expect(await reopen(project)).toEqual([['a.jpg', true]]);
  });

  it('takes the flag away when the disk is back', async () => {
    const [project, , folder] = await createImported('a.jpg');
    renameSync(folder, `${folder}-unplugged`);
    expect(await reopen(project)).toEqual([['a.jpg', true]]);
    renameSync(`${folder}-unplugged`, folder);
    expect(await reopen(project)).toEqual([['a.jpg', false]]);
  });

  it('can be closed while it is still looking', async () => {
    const [project] = await createImported('a.jpg');
    await project.reopen();
    await project.service.dispose();
    expect(project.log.lines).toEqual([]);
  });
});

describe('relinking', () => {
  async function relink(project: DatasetProject, ...paths: string[]) {
    project.stage('relink', paths);
    await project.call('dataset.relink', { sourceIds: ['relink'] });
    return project.jobs.last().run();
  }

  it('finds moved and renamed photos by their bytes', async () => {
    const [project, [first = '', second = ''], folder] = await createImported('a.jpg', 'b.jpg');
    mkdirSync(join(folder, 'elsewhere/deep'), { recursive: true });
    renameSync(first, join(folder, 'elsewhere/deep/renamed.jpg'));
    rmSync(second);
    await reopen(project);
    await makePhotos(folder, ['elsewhere/unrelated.jpg']);
    expect(await relink(project, join(folder, 'elsewhere'))).toEqual({
      found: '1',
      stillMissing: '1',
    });
    expect(project.service.sourceFile(1)).toBe(join(folder, 'elsewhere/deep/renamed.jpg'));
    expect(await project.photos({ missing: true })).toMatchObject([{ id: 2 }]);
    expect(project.jobs.last()).toMatchObject({
      done: 1,
      total: 2,
      log: ['Found 1 of 2 photos that were missing.'],
    });
    expect(await reopen(project)).toEqual([
      ['a.jpg', false],
      ['b.jpg', true],
    ]);
  });

  it('stops when cancelled', async () => {
    const [project, [path = ''], folder] = await createImported('a.jpg');
    renameSync(path, join(folder, 'b.jpg'));
    await reopen(project);
    project.stage('relink', [folder]);
    await project.call('dataset.relink', { sourceIds: ['relink'] });
    project.jobs.last().cancel();
    await expect(project.jobs.last().run()).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('pictures', () => {
  const isJpeg = (bytes: Uint8Array | undefined) => bytes?.[0] === 0xff && bytes[1] === 0xd8;

  it('come from the cache, or anew when the cache was lost', async () => {
    const [project] = await createImported('a.jpg');
    const cached = await project.service.thumbnail(1);
    const { cache } = project.context;
    const { sha256 } = await project.call('dataset.photo', { photoId: 1 });
    cache.put('thumbnail', sha256, Uint8Array.of(1, 2, 3));
    expect(await project.service.thumbnail(1)).toEqual(Uint8Array.of(1, 2, 3));

    const other = createDatasetProject({ database: project.context.database });
    expect(await other.service.thumbnail(1)).toEqual(cached);
    expect(other.context.cache.has('thumbnail', sha256)).toBe(true);
  });

  it('are shown large', async () => {
    const [project] = await createImported('a.png');
    expect(isJpeg(await project.service.display(1))).toBe(true);
  });

  it('of a photo that is gone: the thumbnail, and the photo is flagged', async () => {
    const [project, [path = '']] = await createImported('a.jpg');
    rmSync(path);
    expect(await project.service.display(1)).toEqual(await project.service.thumbnail(1));
    expect(await project.photos()).toMatchObject([{ missing: true }]);
  });

  it('never show changed bytes as the thumbnail of a photo', async () => {
    const [project, [path = '', other = '']] = await createImported('a.jpg', 'b.jpg');
    writeFileSync(path, readFileSync(other));
    const fresh = createDatasetProject({ database: project.context.database });
    expect(await fresh.service.thumbnail(1)).toBeUndefined();
    expect(await fresh.photos()).toMatchObject([{ missing: true }, { missing: false }]);
  });

  it('of no photo are none', async () => {
    const { service } = createDatasetProject();
    expect(await service.thumbnail(9)).toBeUndefined();
    expect(await service.display(9)).toBeUndefined();
    expect(service.sourceFile(9)).toBeUndefined();
  });
});
