import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Split } from '@shared/domain/split';
import { createDatasetProject, type DatasetProject } from '../../../../fixtures/dataset-project';
import { createExportProject, type ExportProject } from '../../../../fixtures/export-project';
import { drawPhoto } from '../../../../fixtures/make-photos';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';

const labelNames = [
  'plain',
  'with space, comma; and "quotes"',
  'a/b\\c:d*e?f<g>h|i',
  '100% %2F',
  '.hidden',
  'CON',
  'aux.old',
  'ends with a dot.',
  'Ünïcödé 漢字 🍌',
  'unlabeled',
  'Excluded',
  'train',
  'test',
  '__MACOSX',
  'pocketlens-dataset.json',
  '=1+1',
  'x'.repeat(80),
  '漢'.repeat(80),
  'has no photo',
];

const fileNames = [
  'a.jpg',
  'A.jpg',
  'two words, "quoted".jpg',
  'é.jpg',
  'e\u0301.jpg',
  '100%.jpg',
  'aux.jpg',
  'col:on?.jpg',
  'back\\slash.jpg',
  'line\nbreak.jpg',
  `${'long'.repeat(62)}.jpg`,
];

/** Photos of every label, with names that no two file systems agree on; the last three unlabeled. */
async function createOddProject(): Promise<ExportProject> {
  const project = createExportProject();
  const folder = temporaryFolder();
  const photos = [...labelNames.keys()].map((index) => {
    const name = fileNames[index % fileNames.length] ?? '';
    return join(folder, `folder ${index}`, name);
  });
  for (const [index, path] of photos.entries()) {
    mkdirSync(join(path, '..'));
    writeFileSync(path, await drawPhoto(`${index}`, { width: 40, height: 30 }));
  }
  await project.import([folder], { labels: 'none' });
  for (const name of labelNames) await project.call('dataset.createLabel', { name });
  const { labels } = await project.call('dataset.summary', {});
  const known = await project.photos();
  for (const [index, { id }] of known.entries()) {
    const label = labels[index];
    if (!label || label.name === 'has no photo' || index % 9 === 8) continue;
    await project.call('dataset.assignLabel', { photoIds: [id], labelId: label.id });
    const split: Split = index % 3 === 0 ? 'train' : index % 3 === 1 ? 'validation' : 'test';
    project.context.database.run('UPDATE photos SET split = ? WHERE id = ?', [split, id]);
  }
  const [first, second] = known;
  await project.call('dataset.setExcluded', {
    photoIds: [first?.id ?? 0, second?.id ?? 0],
    excluded: true,
  });
  return project;
}

/** Hash, label, split and exclusion of every photo, in order: what must survive. */
async function content(
  project: DatasetProject,
  drop: { splits?: boolean } = {},
): Promise<string[]> {
  const { labels } = await project.call('dataset.summary', {});
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  const rows = project.context.database.all<{
    sha256: string;
    label: number | null;
    split: string | null;
    excluded: number;
  }>('SELECT sha256, label_id AS label, split, excluded FROM photos');
  return rows
    .map(({ sha256, label, split, excluded }) =>
      JSON.stringify([
        sha256,
        names.get(label ?? 0),
        label === null || drop.splits ? '' : split,
        excluded,
      ]),
    )
    .sort();
}

async function importedFrom(path: string): Promise<DatasetProject> {
  const project = createDatasetProject();
  const report = await project.import([path]);
  expect(report.problems).toEqual([]);
  return project;
}

describe('a data set that went out comes back the same', () => {
  it.each([
    ['folder', false],
    ['folder', true],
    ['csv', false],
    ['csv', true],
    ['coco', false],
    ['coco', true],
  ] as const)('%s, as a zip: %s', async (format, zip) => {
    const project = await createOddProject();
    const place = join(temporaryFolder(), zip ? 'out.zip' : 'out');
    const result = await project.export({ format, zip, unlabeled: true, excluded: true }, place);
    expect(result).toMatchObject({ path: place, photos: String(labelNames.length), leftOut: '0' });
    expect(await content(await importedFrom(place))).toEqual(await content(project));
  });

  it.each(['folder', 'csv', 'coco'] as const)('%s without splits', async (format) => {
    const project = await createOddProject();
    const place = join(temporaryFolder(), 'out');
    await project.export({ format, splits: false, unlabeled: true, excluded: true }, place);
    const back = await importedFrom(place);
    expect(await content(back, { splits: true })).toEqual(await content(project, { splits: true }));
  });

  it('with names that Windows and macOS can tell apart', async () => {
    const project = await createOddProject();
    const place = join(temporaryFolder(), 'out');
    await project.export({ format: 'csv', unlabeled: true, excluded: true }, place);
    const names = readdirSync(join(place, 'photos'));
    expect(new Set(names.map((name) => name.normalize('NFC').toLowerCase())).size).toBe(
      names.length,
    );
    for (const name of names) expect(name).not.toMatch(/[<>:"|?*\\\p{Cc}]|^aux\.|[. ]$/u);
  });

  it('also through an upload, and with photos added to its folders', async () => {
    const project = await createOddProject();
    const place = join(temporaryFolder(), 'out');
    await project.export({ format: 'folder', excluded: true }, place);
    mkdirSync(join(place, 'cap'));
    writeFileSync(join(place, 'cap', 'new.jpg'), await drawPhoto('new'));
    const back = createDatasetProject();
    const report = await back.import([place], { uploaded: true });
    expect(report.problems).toEqual([]);
    const added = (await back.photos()).find(({ fileName }) => fileName === 'new.jpg');
    const { labels } = await back.call('dataset.summary', {});
    expect(labels.find(({ id }) => id === added?.labelId)?.name).toBe('cap');
  });
});

describe('what is exported', () => {
  it('is what is labeled and not excluded, unless more is asked for', async () => {
    const project = await createOddProject();
    const preview = await project.preview();
    const place = join(temporaryFolder(), 'out');
    const result = await project.export({ format: 'coco' }, place);
    expect(result['photos']).toBe(String(preview.photos));
    expect(preview.photos + preview.leftOut.excluded + preview.leftOut.unlabeled).toBe(
      labelNames.length,
    );
    const { splits } = preview;
    for (const split of ['train', 'validation', 'test'] as const) {
      const text = readFileSync(join(place, 'annotations', `instances_${split}.json`), 'utf8');
      const file = JSON.parse(text) as { images: object[]; annotations: object[] };
      expect([file.images.length, file.annotations.length]).toEqual([splits[split], splits[split]]);
    }
  });

  it('is what a filter shows, or a version as it was frozen', async () => {
    const project = await createOddProject();
    const { labels } = await project.call('dataset.summary', {});
    const label = labels.find(({ name }) => name === '.hidden');
    const scope = { kind: 'filter' as const, filter: { labelIds: [label?.id ?? 0] } };
    expect(await project.preview({ scope })).toMatchObject({ photos: 1, labels: 1 });
    const frozen = await project.call('versions.freeze', { note: '' });
    const before = await project.preview();
    const { photoIds } = await project.call('dataset.listPhotoIds', {
      filter: {},
      order: 'imported',
      descending: false,
      group: 'none',
    });
    await project.call('dataset.assignLabel', { photoIds });
    const version = { kind: 'version', versionId: frozen.versionId } as const;
    const after = await project.preview({ scope: version });
    expect({ ...after, leftOut: undefined, freeBytes: 0 }).toEqual({
      ...before,
      leftOut: undefined,
      freeBytes: 0,
    });
    const place = join(temporaryFolder(), 'out');
    await project.export({ format: 'csv', scope: version }, place);
    expect(readFileSync(join(place, 'labels.csv'), 'utf8')).toContain('.hidden,validation');
  });

  it('is a zip in the project where no place is given', async () => {
    const project = await createOddProject();
    const result = await project.export({ format: 'csv' });
    expect(result).toMatchObject({ archiveId: 'dataset-1' });
    const archive = project.exporting.datasetArchive('dataset-1') ?? '';
    expect(Object.keys(unzipSync(readFileSync(archive)))).toContain('Seven things/labels.csv');
    expect(project.exporting.datasetArchive('../project')).toBeUndefined();
    expect((await project.export({ format: 'csv' }))['archiveId']).toBe('dataset-2');
  });
});
