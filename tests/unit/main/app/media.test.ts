import { resolveMedia } from '@main/app/media';
import { isMediaPath } from '@main/host/media-path';
import { AppError } from '@shared/api/errors';
import { augmentedPhotoPath, parseAugmentedPhoto } from '@shared/domain/fine-tuning';
import { describe, expect, test } from 'vitest';
import { createFakeModel } from '../../../fakes/fake-model';

const picture = (text: string) => new TextEncoder().encode(text);
const notFound = () => new AppError('not-found', 'There is none.');

/** A project with photo 1 at its place, photo 2 gone, one model, one comparison, one export. */
function createSource(): Parameters<typeof resolveMedia>[0] {
  return {
    pictures: {
      thumbnail: async (id) => (id <= 2 ? picture(`thumbnail ${id}`) : undefined),
      display: async (id) => (id <= 2 ? picture(`display ${id}`) : undefined),
      sourceFile: (id) => (id === 1 ? '/photos/1.jpg' : undefined),
    },
    augmentedPhoto: async ({ photoId, augmentation }) =>
      picture(`augmented ${photoId} by ${augmentation.rotate} degrees`),
    correctionPicture: async (id, form) =>
      id === 'correction-1' ? picture(`${form} of ${id}`) : undefined,
    phoneThumbnail: async (id) => (id === 'list-1-7' ? picture('on the phone') : undefined),
    models: {
      get(id) {
        if (id !== 'model-1') throw notFound();
        return createFakeModel({ id, name: 'Fruit · int8' });
      },
      file: (model) => `/project/models/${model.id}.tflite`,
    },
    async report(id, form) {
      if (id !== 'comparison-1') throw notFound();
      return `${form} of ${id}`;
    },
    exportArchive: (id) => (id === 'export-1' ? '/project/exports/export-1.zip' : undefined),
    datasetReport: async () => 'about the data set',
    datasetArchive: (id) => (id === 'dataset-1' ? '/project/exports/dataset-1.zip' : undefined),
  };
}

const resolve = (path: string, source = createSource()) => resolveMedia(source, path);

test('photos are JPEGs that never change while their file is there', async () => {
  expect(await resolve('photo/1/thumbnail')).toEqual({
    kind: 'bytes',
    contentType: 'image/jpeg',
    bytes: picture('thumbnail 1'),
    immutable: true,
  });
  expect(await resolve('photo/1/display')).toMatchObject({ immutable: true });
  expect(await resolve('photo/2/display')).toMatchObject({
    bytes: picture('display 2'),
    immutable: false,
  });
});

test('a corrected photo is shown before anybody has decided about it', async () => {
  expect(isMediaPath('correction-1/display')).toBe(true);
  for (const form of ['thumbnail', 'display']) {
    expect(await resolve(`correction-1/${form}`)).toMatchObject({
      bytes: picture(`${form} of correction-1`),
      immutable: true,
    });
  }
  expect(await resolve('correction-2/display')).toBeUndefined();
});

test('a photo on a phone is shown small while it is listed', async () => {
  expect(isMediaPath('phone/list-1-7/thumbnail')).toBe(true);
  expect(await resolve('phone/list-1-7/thumbnail')).toMatchObject({
    bytes: picture('on the phone'),
    immutable: false,
  });
  expect(await resolve('phone/list-1-8/thumbnail')).toBeUndefined();
});

test('a training photo is shown as an epoch sees it', async () => {
  const augmentation = { flip: true, crop: 0.25, rotate: 12, color: 0.3, blur: 1, cutout: 0 };
  const photo = { photoId: 7, backbone: 'efficientnet-lite0', seed: 3, epoch: 2, augmentation };
  const path = augmentedPhotoPath(photo);
  expect(isMediaPath(path)).toBe(true);
  expect(parseAugmentedPhoto(path)).toEqual(photo);
  expect(await resolve(path)).toMatchObject({
    contentType: 'image/jpeg',
    bytes: picture('augmented 7 by 12 degrees'),
  });
  expect(await resolve(path.replace('_12_', '_99_'))).toBeUndefined();
  expect(await resolve('augmented/7/efficientnet-lite0/1_2.jpg')).toBeUndefined();
});

test('models and exports are downloads', async () => {
  expect(await resolve('model/model-1.tflite')).toEqual({
    kind: 'file',
    contentType: 'application/octet-stream',
    path: '/project/models/model-1.tflite',
    downloadName: 'Fruit · int8.tflite',
  });
  expect(await resolve('export/export-1.zip')).toMatchObject({
    contentType: 'application/zip',
    downloadName: 'export-1.zip',
  });
  expect(await resolve('export/dataset-1.zip')).toMatchObject({
    contentType: 'application/zip',
    downloadName: 'dataset-1.zip',
  });
  expect(await resolve('export/dataset-2.zip')).toBeUndefined();
});

test('reports come as pages and as data', async () => {
  expect(await resolve('comparison/comparison-1/report.html')).toEqual({
    kind: 'bytes',
    contentType: 'text/html; charset=utf-8',
    bytes: picture('html of comparison-1'),
  });
  expect(await resolve('comparison/comparison-1/report.json')).toMatchObject({
    contentType: 'application/json',
    bytes: picture('json of comparison-1'),
  });
});

describe('there is nothing at', () => {
  test.each([
    '',
    'photo/3/thumbnail',
    'photo/0/thumbnail',
    'photo/9999999999999999/thumbnail',
    'photo/1/original',
    'photo/1/thumbnail/',
    'photo/../1/thumbnail',
    'photo/%31/thumbnail',
    'model/model-2.tflite',
    'model/../project.sqlite',
    'model/model-1.tflite.txt',
    'comparison/comparison-2/report.html',
    'comparison/comparison-1/report.xml',
    'export/export-2.zip',
    'export/../export-1.zip',
  ])('%j', async (path) => {
    expect(await resolve(path)).toBeUndefined();
  });
});

test('what goes wrong otherwise is not hidden', async () => {
  const source = { ...createSource(), report: () => Promise.reject(new Error('disk')) };
  await expect(resolve('comparison/comparison-1/report.html', source)).rejects.toThrow('disk');
});

test('the report of the data set is a page', async () => {
  expect(await resolve('dataset/report.html')).toEqual({
    kind: 'bytes',
    contentType: 'text/html; charset=utf-8',
    bytes: picture('about the data set'),
  });
});
