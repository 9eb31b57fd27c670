import { existsSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDatasetProject, type DatasetProject } from '../../../../../fixtures/dataset-project';
import { classLayout, drawPhoto, makePhotos } from '../../../../../fixtures/make-photos';
import { temporaryFolder } from '../../../../../fixtures/temporary-folder';

/** File names by label name; '-' for photos without a label. */
async function byLabel(project: DatasetProject): Promise<Record<string, string[]>> {
  const { labels } = await project.call('dataset.summary', {});
  const names = new Map(labels.map((label) => [label.id, label.name]));
  const groups: Record<string, string[]> = {};
  for (const photo of await project.photos()) {
    const name = names.get(photo.labelId ?? 0) ?? '-';
    groups[name] = [...(groups[name] ?? []), photo.fileName].sort();
  }
  return groups;
}

const counts = { added: 0, known: 0, conflicts: 0, ignored: 0, problems: [] };

describe('an import', () => {
  it('takes folders of a given folder as labels, also nested ones, and its top as none', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    await makePhotos(folder, ['banana/1.jpg', 'hat/old/2.jpg', 'hat/3.jpg', 'top.jpg']);
    for (const name of ['labels.txt', '.DS_Store', 'Thumbs.db', 'hat/._3.jpg']) {
      writeFileSync(join(folder, name), 'not a photo');
    }
    expect(await project.import([folder])).toMatchObject({ ...counts, added: 4, ignored: 4 });
    expect(await byLabel(project)).toEqual({
      banana: ['1.jpg'],
      hat: ['3.jpg'],
      old: ['2.jpg'],
      '-': ['top.jpg'],
    });
    expect(project.jobs.last()).toMatchObject({ done: 4, total: 4 });
    expect(project.jobs.last().log).toEqual(['4 photos added.']);
  });

  it('takes several folders given together as labels, and files given directly as none', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    await makePhotos(folder, ['banana/1.jpg', 'hat/2.jpg', '3.jpg']);
    await project.import(['banana', 'hat', '3.jpg'].map((name) => join(folder, name)));
    expect(await byLabel(project)).toEqual({ banana: ['1.jpg'], hat: ['2.jpg'], '-': ['3.jpg'] });
  });

  it('gives one flat folder given alone no label, and none at all when asked to', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    await makePhotos(folder, ['banana/1.jpg', 'things/hat/2.jpg']);
    await project.import([join(folder, 'banana')]);
    await project.import([join(folder, 'things')], { labels: 'none' });
    expect(await byLabel(project)).toEqual({ '-': ['1.jpg', '2.jpg'] });
  });

  it('keeps the order of the folder, whatever finishes first', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    const names = Array.from({ length: 40 }, (_, index) => `${String(index).padStart(2, '0')}.jpg`);
    await makePhotos(folder, names, { width: 40, height: 30 });
    await project.import([folder]);
    expect((await project.photos()).map((photo) => photo.fileName)).toEqual(names);
  });

  it('refers to files where they are', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    const [path = ''] = await makePhotos(folder, ['a.jpg']);
    await project.import([folder]);
    expect(project.service.sourceFile(1)).toBe(path);
    expect(await project.call('dataset.photo', { photoId: 1 })).toMatchObject({
      stored: false,
      folder,
      width: 320,
      bytes: readFileSync(path).length,
    });
  });

  it('stores copies when asked to, so that the originals may go', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    const [path = ''] = await makePhotos(folder, ['a.jpg']);
    const bytes = readFileSync(path);
    await project.import([folder], { copy: true });
    rmSync(folder, { recursive: true });
    const stored = project.service.sourceFile(1) ?? '';
    expect(stored.startsWith(project.context.blobsFolder)).toBe(true);
    expect(readFileSync(stored)).toEqual(bytes);
    expect(await project.call('dataset.photo', { photoId: 1 })).toMatchObject({ stored: true });
  });

  it('stores uploads and lets go of them', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    await makePhotos(folder, ['hat/a.jpg']);
    await project.import([folder], { uploaded: true });
    expect(project.discarded).toEqual(['staged-0']);
    expect(project.service.sourceFile(1)?.startsWith(project.context.blobsFolder)).toBe(true);
  });

  it('stores a referenced photo when it is imported again as a copy', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    await makePhotos(folder, ['a.jpg']);
    await project.import([folder]);
    expect(await project.import([folder], { copy: true })).toMatchObject({ ...counts, known: 1 });
    expect(project.service.sourceFile(1)?.startsWith(project.context.blobsFolder)).toBe(true);
    expect(existsSync(project.service.sourceFile(1) ?? '')).toBe(true);
  });

  it('makes one photo of the same bytes', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    const bytes = await drawPhoto('same');
    await makePhotos(folder, ['hat/a.jpg', 'hat/b.jpg']);
    writeFileSync(join(folder, 'hat/a.jpg'), bytes);
    writeFileSync(join(folder, 'hat/b.jpg'), bytes);
    expect(await project.import([folder])).toMatchObject({ ...counts, added: 1, known: 1 });
  });

  it('skips what it knows without reading it, and adds what is new', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    await makePhotos(folder, classLayout(['hat', 'plug'], 10));
    await project.import([folder]);
    const before = await byLabel(project);
    expect(project.inspected.length).toBe(20);
    expect(await project.import([folder])).toMatchObject({ ...counts, known: 20 });
    expect(project.inspected.length).toBe(20);
    expect(await byLabel(project)).toEqual(before);
    await makePhotos(folder, ['hat/new.jpg']);
    expect(await project.import([folder])).toMatchObject({ ...counts, added: 1, known: 20 });
  });

  it('reads a file again whose time changed', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    const [path = ''] = await makePhotos(folder, ['a.jpg']);
    await project.import([folder]);
    writeFileSync(path, await drawPhoto('another picture'));
    utimesSync(path, 1, 1);
    expect(await project.import([folder])).toMatchObject({ ...counts, added: 1 });
    expect(await project.photos()).toMatchObject([{ missing: true }, { missing: false }]);
  });

  it('brings a missing photo back that it finds elsewhere', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    const [path = ''] = await makePhotos(folder, ['a.jpg']);
    await project.import([folder]);
    renameSync(path, join(folder, 'b.jpg'));
    await project.reopen();
    await project.service.checked;
    expect(await project.photos()).toMatchObject([{ missing: true }]);
    await project.import([folder]);
    expect(await project.photos()).toMatchObject([{ missing: false }]);
    expect(project.service.sourceFile(1)).toBe(join(folder, 'b.jpg'));
  });

  it('says so when there is nothing to import', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    writeFileSync(join(folder, 'notes.txt'), '');
    for (const path of [folder, join(folder, 'nowhere')]) {
      await project.startImport([path]);
      await expect(project.jobs.last().run()).rejects.toMatchObject({ code: 'nothing-to-import' });
    }
  });

  it('names a folder whose name can be no label, once, and takes its photos', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    const long = 'x'.repeat(81);
    await makePhotos(folder, [`${long}/1.jpg`, `${long}/2.jpg`, 'hat/3.jpg']);
    const report = await project.import([folder]);
    expect(report).toMatchObject({ added: 3, problems: [{ path: long, reason: 'label-name' }] });
    expect(await byLabel(project)).toEqual({ hat: ['3.jpg'], '-': ['1.jpg', '2.jpg'] });
    expect(project.jobs.last()).toMatchObject({ done: 3, total: 3 });
  });

  it('joins folders that differ in case or composition only', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    await makePhotos(folder, [
      'a/Äpfel/1.jpg',
      'b/äpfel/2.jpg',
      `c/${'äpfel'.normalize('NFD')}/3.jpg`,
    ]);
    await project.import([folder]);
    expect(await byLabel(project)).toEqual({ Äpfel: ['1.jpg', '2.jpg', '3.jpg'] });
  });
});

describe('the same bytes under two labels', () => {
  async function twoFolders(): Promise<[DatasetProject, string]> {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    await makePhotos(folder, ['banana/a.jpg', 'hat/b.jpg']);
    writeFileSync(join(folder, 'hat/same.jpg'), readFileSync(join(folder, 'banana/a.jpg')));
    return [project, folder];
  }

  it('are a conflict that names both, without a label', async () => {
    const [project, folder] = await twoFolders();
    expect(await project.import([folder])).toMatchObject({ added: 2, known: 1, conflicts: 1 });
    expect(await project.photos({ conflict: true })).toEqual([
      {
        id: 1,
        fileName: 'a.jpg',
        width: 320,
        height: 240,
        excluded: false,
        missing: false,
        conflict: ['banana', 'hat'],
      },
    ]);
    expect(await project.call('dataset.summary', {})).toMatchObject({ conflicts: 1, labeled: 1 });
  });

  it('are one also when the second label comes with a later import', async () => {
    const [project, folder] = await twoFolders();
    const [banana, hat] = [join(folder, 'banana'), join(folder, 'hat')];
    await project.import([banana, join(folder, 'hat/b.jpg')]);
    expect(await project.photos({ conflict: true })).toEqual([]);
    expect(await project.import([hat, banana])).toMatchObject({ conflicts: 1 });
    expect(await project.photos({ conflict: true })).toMatchObject([
      { id: 1, conflict: ['banana', 'hat'] },
    ]);
  });

  it('stay as the person decided when imported again, read or not', async () => {
    const [project, folder] = await twoFolders();
    await project.import([folder]);
    const { labels } = await project.call('dataset.summary', {});
    const hat = labels.find((label) => label.name === 'hat');
    await project.call('dataset.assignLabel', { photoIds: [1], labelId: hat?.id });
    await project.import([folder]);
    expect(await project.photos({ conflict: true })).toEqual([]);
    await project.import([folder], { copy: true });
    expect((await project.photos())[0]).toMatchObject({ labelId: hat?.id });
  });

  it('name a third one, too', async () => {
    const [project, folder] = await twoFolders();
    await makePhotos(folder, ['plug/c.jpg']);
    writeFileSync(join(folder, 'plug/same.jpg'), readFileSync(join(folder, 'banana/a.jpg')));
    expect(await project.import([folder])).toMatchObject({ conflicts: 1 });
    expect(await project.photos({ conflict: true })).toMatchObject([
      { conflict: ['banana', 'hat', 'plug'] },
    ]);
  });

  it('are none when the photo had no label before', async () => {
    const [project, folder] = await twoFolders();
    await project.import([join(folder, 'banana')]);
    expect(await byLabel(project)).toEqual({ '-': ['a.jpg'] });
    rmSync(join(folder, 'hat'), { recursive: true });
    expect(await project.import([folder])).toMatchObject({ known: 1, conflicts: 0 });
    expect(await byLabel(project)).toEqual({ banana: ['a.jpg'] });
  });
});

describe('a cancelled import', () => {
  it('leaves what was confirmed, with splits, and goes on when started again', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    await makePhotos(folder, classLayout(['hat', 'plug'], 40), { width: 40, height: 30 });
    await project.startImport([folder]);
    const job = project.jobs.last();
    const stop = project.service.dataset.onChanged(() => job.cancel());
    await expect(job.run()).rejects.toMatchObject({ code: 'cancelled' });
    stop();
    const kept = await project.photos();
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(80);
    expect(kept.every((photo) => photo.labelId && photo.split)).toBe(true);
    const { report } = await project.call('dataset.importReport', {});
    expect(report?.added).toBe(kept.length);

    const resumed = await project.import([folder]);
    expect(resumed).toMatchObject({ known: kept.length, added: 80 - kept.length, conflicts: 0 });
  });

  it('has a total also when it was killed: splits are dealt when the project opens', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    await makePhotos(folder, classLayout(['hat'], 4));
    await project.import([folder]);
    project.context.database.run('UPDATE photos SET split = NULL');
    await project.reopen();
    await project.service.checked;
    expect((await project.photos()).every((photo) => photo.split)).toBe(true);
  });
});
