import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createDatasetProject, type DatasetProject } from '../../../../../fixtures/dataset-project';
import {
  type CocoParts,
  databaseContent,
  tfRecords,
} from '../../../../../fixtures/exchange-sources';
import { drawPhoto, makePhotos } from '../../../../../fixtures/make-photos';
import { temporaryFolder } from '../../../../../fixtures/temporary-folder';

/** "label/split" by file name. */
async function found(project: DatasetProject): Promise<Record<string, string>> {
  const { labels } = await project.call('dataset.summary', {});
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  return Object.fromEntries(
    (await project.photos()).map(({ fileName, labelId, split }) => [
      fileName,
      `${names.get(labelId ?? 0) ?? '-'}/${split ?? '-'}`,
    ]),
  );
}

const coco = (changes: Partial<CocoParts> = {}): CocoParts => ({
  images: [
    { id: 1, file_name: 'a.jpg', width: 320, height: 240, split: 'test' },
    { id: 2, file_name: 'b.jpg', width: 320, height: 240, split: 'val' },
  ],
  annotations: [
    { id: 7, image_id: 1, category_id: 1 },
    { id: 8, image_id: 2, category_id: 1, bbox: [10, 20, 30.4, 40] },
    { id: 9, image_id: 2, category_id: 2, bbox: [100, 20, 300, 40] },
  ],
  categories: [
    { id: 1, name: 'hat' },
    { id: 2, name: 'plug, "big"' },
  ],
  ...changes,
});

async function start(names: string[]): Promise<[DatasetProject, string]> {
  const [project, folder] = [createDatasetProject(), temporaryFolder()];
  await makePhotos(folder, names);
  return [project, folder];
}

describe('a CSV with photos', () => {
  it.each([
    ['path,label,split\na.jpg,hat,test\nsub/b.jpg,"plug, ""big""",val\n'],
    ['\uFEFFFilename;Class;Split\r\na.jpg;hat;TEST\r\nsub\\b.jpg;"plug, ""big""";validation\r\n'],
    ['a.jpg\that\ttest\nsub/b.jpg\t"plug, ""big"""\tvalid'],
  ])('is recognized with header or without, however it is delimited', async (text) => {
    const [project, folder] = await start(['a.jpg', 'sub/b.jpg']);
    writeFileSync(join(folder, 'labels.csv'), text);
    expect(await project.import([folder])).toMatchObject({ added: 2, problems: [] });
    const expected = { 'a.jpg': 'hat/test', 'b.jpg': 'plug, "big"/validation' };
    expect(await found(project)).toEqual(expected);
    expect(await project.import([join(folder, 'labels.csv')])).toMatchObject({ known: 2 });
    expect(await found(project)).toEqual(expected);
  });

  it('says what is missing, contradicts itself or is not listed', async () => {
    const [project, folder] = await start(['a.jpg', 'b.jpg', 'c.jpg']);
    const rows = 'path,label,split\na.jpg,hat,holdout\ngone.jpg,hat,\nb.jpg,hat,\nb.jpg,plug,\n';
    writeFileSync(join(folder, 'labels.csv'), rows);
    const report = await project.import([folder]);
    expect(report.problems.map(({ reason }) => reason).sort()).toEqual([
      'gone',
      'not-listed',
      'several-labels',
      'split-name',
    ]);
    expect(report.added).toBe(1);
  });

  it('is passed over in a folder when it is about something else', async () => {
    const [project, folder] = await start(['hat/a.jpg']);
    writeFileSync(join(folder, 'prices.csv'), 'thing,price\n"broken,1\n');
    writeFileSync(join(folder, 'package.json'), '{"name": ');
    expect(await project.import([folder])).toMatchObject({ added: 1, ignored: 2 });
  });
});

describe('a COCO file', () => {
  it('gives categories to photos and cuts boxes out', async () => {
    const [project, folder] = await start(['a.jpg', 'images/b.jpg']);
    writeFileSync(join(folder, 'coco.json'), JSON.stringify(coco()));
    expect(await project.import([folder])).toMatchObject({ added: 3, problems: [] });
    expect(await found(project)).toEqual({
      'a.jpg': 'hat/test',
      'b-8.png': 'hat/validation',
      'b-9.png': 'plug, "big"/validation',
    });
    const [, cut] = await project.photos();
    const stored = project.service.sourceFile(cut?.id ?? 0) ?? '';
    const expected = await sharp(join(folder, 'images/b.jpg'))
      .extract({ left: 10, top: 20, width: 30, height: 40 })
      .raw()
      .toBuffer();
    expect(await sharp(readFileSync(stored)).raw().toBuffer()).toEqual(expected);
    expect(await project.photos()).toMatchObject([{}, {}, { width: 220, height: 40 }]);
    expect(await project.import([folder])).toMatchObject({ added: 0, known: 3 });
  });

  it('refuses two categories of one photo with a sentence', async () => {
    const [project, folder] = await start(['a.jpg', 'b.jpg']);
    const annotations = [1, 2].map((id) => ({ id, image_id: 1, category_id: id }));
    writeFileSync(join(folder, 'coco.json'), JSON.stringify(coco({ annotations })));
    const report = await project.import([folder]);
    expect(report).toMatchObject({
      added: 1,
      problems: [{ path: 'a.jpg', reason: 'several-labels' }],
    });
  });
});

describe('other sources', () => {
  it('takes photos out of TFRecord shards', async () => {
    const [project, folder] = [createDatasetProject(), temporaryFolder()];
    const [first, second] = [await drawPhoto('1'), await drawPhoto('2')];
    const texts = {
      'image/encoded': first,
      'image/class/text': 'hät',
      'image/filename': 'x/1.jpg',
    };
    writeFileSync(join(folder, 'train-00000-of-00002.tfrecord'), tfRecords([texts]));
    const numbers = { 'image/encoded': second, 'image/class/label': 3 };
    writeFileSync(join(folder, 'val.tfrecord-00001-of-00002'), tfRecords([numbers]));
    expect(await project.import([folder])).toMatchObject({ added: 2 });
    expect(await found(project)).toEqual({ '1.jpg': 'hät/train', 'val-1.jpg': '3/validation' });
  });

  it('unpacks a zip, whatever of these it holds, and leaves nothing behind', async () => {
    const [project, folder] = await start(['a.jpg']);
    const csv = Buffer.from('path,label\np/a.jpg,hat\n');
    const files = { 'top/p/a.jpg': readFileSync(join(folder, 'a.jpg')), 'top/labels.csv': csv };
    writeFileSync(join(folder, 'all.zip'), zipSync(files));
    const before = readdirSync(project.folder);
    await project.import([join(folder, 'all.zip')]);
    expect(await found(project)).toMatchObject({ 'a.jpg': 'hat/train' });
    expect(project.service.sourceFile(1)?.startsWith(project.context.blobsFolder)).toBe(true);
    expect(readdirSync(project.folder)).toEqual(before);
  });

  it('takes labels and splits from another project, and from folders of splits', async () => {
    const [source, folder] = await start(['train/hat/a.jpg', 'test/hat/b.jpg', 'train/plug/c.jpg']);
    await source.import([folder], { copy: true });
    const expected = { 'a.jpg': 'hat/train', 'b.jpg': 'hat/test', 'c.jpg': 'plug/train' };
    expect(await found(source)).toEqual(expected);
    const before = databaseContent(source);
    const project = createDatasetProject();
    expect(await project.import([source.folder])).toMatchObject({ added: 3, problems: [] });
    expect(await found(project)).toEqual(expected);
    expect(databaseContent(source)).toBe(before);
  });
});

describe('a broken source leaves the project as it was', () => {
  const text = JSON.stringify(coco());
  const reference = (annotation: object) =>
    JSON.stringify({ ...coco(), annotations: [annotation] });
  const record = async () => tfRecords([{ 'image/encoded': await drawPhoto('1') }]);
  const broken: [string, string, () => unknown][] = [
    ['a COCO file cut short', 'coco.json', () => text.slice(0, -40)],
    ['a wrong picture', 'coco.json', () => reference({ id: 1, image_id: 9, category_id: 1 })],
    ['a wrong category', 'coco.json', () => reference({ id: 1, image_id: 1, category_id: 9 })],
    ['a way out of the folder', 'coco.json', () => text.replace('a.jpg', '../../a.jpg')],
    ['photos that are nowhere', 'x.csv', () => 'path,label\nx.jpg,hat\ny.jpg,hat\n'],
    ['a CSV cut short', 'x.csv', () => 'path,label,split\na.jpg,hat,test\nb.jpg,ha'],
    ['a quotation mark left open', 'x.csv', () => 'path,label\na.jpg,"hat\nb.jpg,hat\n'],
    ['a CSV that leads out', 'x.csv', () => 'path,label\na.jpg,hat\n../../etc/b.jpg,hat\n'],
    ['a TFRecord cut short', 'x.tfrecord', async () => (await record()).subarray(0, -9)],
    ['a TFRecord with a wrong sum', 'x.tfrecord', async () => (await record()).fill(7, 500, 501)],
    ['a record without a photo', 'x.tfrecord', () => tfRecords([{ 'image/class/text': 'hat' }])],
    ['a zip cut short', 'x.zip', () => zipSync({ 'a.jpg': Buffer.alloc(999, 7) }).subarray(0, -30)],
    ['a zip that leads out', 'x.zip', () => zipSync({ '../evil.jpg': Buffer.alloc(9) })],
    ['a zip bomb', 'x.zip', () => zipSync({ 'a.jpg': new Uint8Array(60 * 1024 ** 2) })],
    ['a project of a newer format', 'project.sqlite', newerProject],
    ['a damaged project', 'project.sqlite', () => 'SQLite format 3\0 no more'],
  ];
  it.each(broken)('%s', async (_, name, content) => {
    const [project, folder] = await start(['a.jpg', 'b.jpg']);
    mkdirSync(join(folder, 'good'));
    await makePhotos(folder, ['good/hat/1.jpg']);
    await project.import([join(folder, 'good')]);
    writeFileSync(join(folder, name), (await content()) as Uint8Array);
    const [before, files] = [databaseContent(project), readdirSync(project.folder)];
    await project.startImport([folder]);
    const failure: unknown = await project.jobs
      .last()
      .run()
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: expect.stringMatching(/source-unreadable|upload-refused|project-(newer|damaged)/),
      remedy: expect.stringMatching(/\w/),
    });
    expect(databaseContent(project)).toBe(before);
    expect(readdirSync(project.folder)).toEqual(files);
  });
});

function newerProject(): Buffer {
  const { context, folder } = createDatasetProject();
  context.database.execute('PRAGMA user_version = 99');
  context.database.execute('PRAGMA wal_checkpoint(TRUNCATE)');
  return readFileSync(join(folder, 'project.sqlite'));
}
