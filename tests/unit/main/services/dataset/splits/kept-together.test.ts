import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSplitGroups } from '@main/services/dataset/splits/split-groups';
import { studioCamera } from '@shared/domain/photo';
import { createRandom } from '@shared/domain/random';
import { type Split, splitSources } from '@shared/domain/split';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  createDatasetProject,
  type DatasetProject,
  insertPhotoRows,
} from '../../../../../fixtures/dataset-project';
import { classLayout, makePhotos } from '../../../../../fixtures/make-photos';
import { temporaryFolder } from '../../../../../fixtures/temporary-folder';

const ratio = { train: 0.6, validation: 0.2, test: 0.2 };
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** 120 labeled photos of two labels, in 40 groups of three: photo and photo + 40 and photo + 80. */
async function createGrouped(): Promise<DatasetProject> {
  const project = createDatasetProject();
  insertPhotoRows(project.context, 120);
  const { database } = project.context;
  database.run(
    'INSERT INTO split_groups (photo_id, group_id) SELECT id, (id - 1) % 40 + 1 FROM photos',
  );
  for (const name of ['hat', 'cup']) await project.call('dataset.createLabel', { name });
  return project;
}

const label = (project: DatasetProject, photoIds: number[], labelId: number) =>
  project.call('dataset.assignLabel', { photoIds, labelId });

const tested = async (project: DatasetProject) =>
  (await project.photos({ split: 'test' })).map(({ id }) => id);

describe('a locked test set', () => {
  it('is joined and left by nobody, whatever is labeled, imported or split anew', async () => {
    const project = await createGrouped();
    await label(project, range(1, 40), 1);
    const before = await tested(project);
    expect(before.length).toBeGreaterThan(5);
    await project.call('splits.lockTest', { locked: true });
    await label(project, range(41, 120), 2);
    expect(await tested(project)).toEqual(before);
    await project.call('splits.splitAnew', { ratio, seed: 9 });
    expect(await tested(project)).toEqual(before);
    await label(project, before.slice(0, 3), 2);
    expect(await tested(project), 'another label is no other photo').toEqual(before);
  });

  it('holds copies of its photos out of training, and says how many', async () => {
    const project = await createGrouped();
    await label(project, range(1, 40), 1);
    const before = await tested(project);
    await project.call('splits.lockTest', { locked: true });
    await label(project, range(41, 120), 2);
    const state = await project.call('splits.state', {});
    expect(state.heldOut).toBe(before.length * 2);
    expect(state.straddling).toBe(0);
    const others = await project.photos({ labelIds: [2] });
    const heldOut = others.filter(({ split }) => split === undefined).map(({ id }) => id);
    expect(heldOut.sort((a, b) => a - b)).toEqual(
      before.flatMap((id) => [id + 40, id + 80]).sort((a, b) => a - b),
    );

    await project.call('splits.lockTest', { locked: false });
    const open = await project.call('splits.state', {});
    expect(open).toMatchObject({ heldOut: 0, straddling: 0 });
    expect(open.lockedAt).toBeUndefined();
    await project.call('dataset.undo', {});
    expect((await project.call('splits.state', {})).heldOut).toBe(before.length * 2);
  });

  it('is not changed by restoring a version that was tested on others', async () => {
    const project = await createGrouped();
    await label(project, range(1, 40), 1);
    await label(project, range(41, 80), 2);
    const { versionId } = await project.call('versions.freeze', { note: '' });
    await project.call('splits.splitAnew', { ratio, seed: 77 });
    const before = await tested(project);
    await project.call('splits.lockTest', { locked: true });
    await expect(project.call('versions.restore', { versionId })).rejects.toMatchObject({
      code: 'test-locked',
      remedy: expect.stringContaining('Unlock'),
    });
    expect(await tested(project)).toEqual(before);
    await project.call('splits.lockTest', { locked: false });
    await project.call('versions.restore', { versionId });
    expect(await tested(project)).not.toEqual(before);
  });
});

describe('copies that straddle', () => {
  async function createStraddling() {
    const project = await createGrouped();
    await label(project, range(1, 120), 1);
    const splits: Split[] = ['train', 'train', 'test'];
    for (const id of range(1, 120)) {
      const split = splits[Math.floor((id - 1) / 40)] ?? 'train';
      project.context.database.run('UPDATE photos SET split = ? WHERE id = ?', [split, id]);
    }
    return project;
  }

  it('are counted, brought into the split that most of them are in, and undone', async () => {
    const project = await createStraddling();
    expect((await project.call('splits.state', {})).straddling).toBe(40);
    await project.call('splits.keepTogether', {});
    expect((await project.call('splits.state', {})).straddling).toBe(0);
    expect((await project.photos({ split: 'train' })).length).toBe(120);
    await project.call('dataset.undo', {});
    expect((await project.call('splits.state', {})).straddling).toBe(40);
  });

  it('leave training when the test set is locked', async () => {
    const project = await createStraddling();
    const before = await tested(project);
    await project.call('splits.lockTest', { locked: true });
    await project.call('splits.keepTogether', {});
    expect(await tested(project)).toEqual(before);
    expect(await project.call('splits.state', {})).toMatchObject({ straddling: 0, heldOut: 80 });
  });
});

describe('photos of one source', () => {
  it.each(splitSources.filter((by) => by !== 'none'))('stay together by %s', async (by) => {
    const project = createDatasetProject();
    insertPhotoRows(project.context, 200);
    const { database } = project.context;
    for (const id of range(1, 200)) {
      // 20 sources of ten photos each; every tenth photo has none.
      const source = id % 10 === 0 ? undefined : id % 20;
      const day = String((source ?? 0) + 1).padStart(2, '0');
      database.run('UPDATE photos SET taken_at = ?, camera = ? WHERE id = ?', [
        source === undefined ? null : `2026-01-${day}T10:${String(id % 60).padStart(2, '0')}:00`,
        source === undefined ? null : `Camera ${source}`,
        id,
      ]);
      if (source === undefined) continue;
      database.run(
        'INSERT INTO photo_origins (path, photo_id, label, bytes, modified_ms) VALUES (?, ?, ?, 1, 1)',
        [`/photos/visit ${source}/${id}.jpg`, id, ''],
      );
    }
    for (const name of ['hat', 'cup']) await project.call('dataset.createLabel', { name });
    await label(project, range(1, 100), 1);
    await label(project, range(101, 160), 2);
    await project.call('splits.splitAnew', { ratio, seed: 3, by });
    await label(project, range(161, 200), 2);

    const splitOf = new Map((await project.photos()).map(({ id, split }) => [id, split]));
    for (const source of range(1, 19).filter((one) => one % 10 !== 0)) {
      const splits = new Set(
        range(1, 200).flatMap((id) => (id % 20 === source ? [splitOf.get(id)] : [])),
      );
      expect(splits.size, `source ${source}`).toBe(1);
    }
    const { splits, labels } = await project.call('dataset.summary', {});
    expect(splits.train).toBeGreaterThan(90);
    for (const { name, test, validation } of labels) {
      expect(test, name).toBeGreaterThan(8);
      expect(validation, name).toBeGreaterThan(8);
    }
    expect((await project.call('splits.state', {})).by).toBe(by);
  });

  it('leave a label without test photos when all of it is one source, and that is said', async () => {
    const project = createDatasetProject();
    insertPhotoRows(project.context, 40);
    project.context.database.run("UPDATE photos SET camera = 'One' WHERE id <= 20");
    for (const name of ['hat', 'cup']) await project.call('dataset.createLabel', { name });
    await label(project, range(1, 20), 1);
    await label(project, range(21, 40), 2);
    await project.call('splits.splitAnew', { ratio, seed: 1, by: 'camera' });
    expect((await project.call('splits.state', {})).withoutTest).toEqual([1]);
  });
});

it('copies that come with a later import, before any analysis, do not straddle', async () => {
  const [project, folder] = [createDatasetProject(), temporaryFolder()];
  const paths = await makePhotos(folder, classLayout(['hat', 'cup'], 24), {
    width: 160,
    height: 120,
  });
  await project.import([folder]);
  const original = new Map((await project.photos()).map((photo) => [photo.fileName, photo.split]));
  const later = temporaryFolder();
  await makePhotos(later, classLayout(['hat', 'cup'], 4), { hue: 40 });
  for (const [index, path] of paths.entries()) {
    if (index % 3 !== 0) continue;
    const copy = await sharp(path).resize(130).jpeg({ quality: 70 }).toBuffer();
    const name = path.split(/[\\/]/).slice(-2);
    writeFileSync(join(later, name[0] ?? '', `copy-${name[1]}`), copy);
  }
  await project.import([later]);
  const copies = (await project.photos()).filter(({ fileName }) => fileName.startsWith('copy-'));
  expect(copies).toHaveLength(16);
  for (const { fileName, split } of copies) {
    expect(split, fileName).toBe(original.get(fileName.slice('copy-'.length)));
  }
  expect((await project.call('splits.state', {})).straddling).toBe(0);
});

it('shots of one burst taken in the studio stay together, however different they look', async () => {
  const project = createDatasetProject();
  insertPhotoRows(project.context, 40);
  const { database, workers } = project.context;
  // Two bursts of fifteen, a minute apart, and ten photos of another camera in the same minute.
  for (const id of range(1, 40)) {
    const [minute, second] = [id <= 15 ? 1 : 2, Math.floor(((id - 1) % 15) / 4)];
    database.run('UPDATE photos SET taken_at = ?, camera = ?, perceptual_hash = ? WHERE id = ?', [
      `2026-01-01T10:0${minute}:0${second}`,
      id > 30 ? 'Phone' : studioCamera,
      ((BigInt(id) * 0x9e3779b97f4a7c15n) % 2n ** 64n).toString(16).padStart(16, '0'),
      id,
    ]);
  }
  await findSplitGroups(database, workers);
  const groups = database.all<{ photos: number }>(
    'SELECT count(*) AS photos FROM split_groups GROUP BY group_id',
  );
  expect(groups.map(({ photos }) => photos)).toEqual([15, 15]);
});

it('no group ever straddles, whatever is labeled, locked, split or undone', async () => {
  const project = await createGrouped();
  const random = createRandom(11);
  for (let step = 0; step < 150; step += 1) {
    const first = 1 + random.index(100);
    const dice = random.index(7);
    if (dice < 3) await label(project, range(first, first + random.index(20)), 1 + random.index(2));
    else if (dice === 3)
      await project.call('dataset.assignLabel', { photoIds: range(first, first + 10) });
    else if (dice === 4) await project.call('splits.splitAnew', { ratio, seed: step });
    else if (dice === 5) await project.call('splits.lockTest', { locked: random.next() < 0.5 });
    else if ((await project.call('dataset.summary', {})).undo)
      await project.call('dataset.undo', {});
    expect((await project.call('splits.state', {})).straddling, `step ${step}`).toBe(0);
  }
});
