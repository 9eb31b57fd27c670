import { layersOfModel } from '@main/services/quantization/layers-of-model';
import type { TaskInput } from '@main/workers/tasks';
import { expect, it } from 'vitest';
import {
  createFakeDataset,
  createFakeVersion,
  versionPhotos,
} from '../../../../fakes/fake-dataset';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeModelLibrary } from '../../../../fakes/fake-model-library';
import { createFakeProject } from '../../../../fakes/fake-project';

const { signal } = new AbortController();
const photos = [
  ...versionPhotos('train', 1, 30),
  ...versionPhotos('validation', 101, 20),
  ...versionPhotos('test', 201, 20),
];

function open() {
  const asked: TaskInput<'measure-layers'>[] = [];
  const project = createFakeProject({
    'measure-layers': async (input) => {
      asked.push(input);
      return { photos: input.photos.length, layers: [], runtime: 'Fake runtime 1.0' };
    },
  });
  const dataset = createFakeDataset([createFakeVersion(photos)]);
  const quantized = createFakeModel({ id: 'model-2', parentId: 'model-1', precision: 'int8' });
  const models = createFakeModelLibrary(project.folder, [createFakeModel(), quantized]);
  const { context } = project;
  return {
    asked,
    dataset,
    models,
    layers: (modelId: string) => layersOfModel({ context, dataset, models }, modelId, signal),
  };
}

it('holds the file against its parent on photos that are no test photos', async () => {
  const { layers, asked, models } = open();
  expect(await layers('model-2')).toMatchObject({ photos: 16, runtime: 'Fake runtime 1.0' });
  expect(asked[0]).toMatchObject({
    parentFile: models.file(models.get('model-1')),
    modelFile: models.file(models.get('model-2')),
  });
  expect(asked[0]?.photos.every(({ photoId }) => photoId < 200)).toBe(true);
});

it('refuses a model that has no parent, and says when the photos are gone', async () => {
  const { layers, dataset } = open();
  await expect(layers('model-1')).rejects.toMatchObject({ code: 'bad-request' });
  dataset.files.clear();
  await expect(layers('model-2')).rejects.toMatchObject({ code: 'not-ready' });
});
