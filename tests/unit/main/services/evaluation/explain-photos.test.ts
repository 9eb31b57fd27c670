import { createEvaluationService } from '@main/services/evaluation/evaluation-service';
import { unpackFloat32 } from '@shared/domain/packed-numbers';
import { expect, it } from 'vitest';
import {
  createFakeDataset,
  createFakeVersion,
  versionPhotos,
} from '../../../../fakes/fake-dataset';
import { createFakeJobs } from '../../../../fakes/fake-jobs';
import { createFakeModel, createPreprocessing } from '../../../../fakes/fake-model';
import { createFakeModelLibrary } from '../../../../fakes/fake-model-library';
import { createFakeProject } from '../../../../fakes/fake-project';

const call = { signal: new AbortController().signal };

function open() {
  const project = createFakeProject({
    'explain-photos': async ({ photos, modelFile }) => ({
      maps: photos.map(({ photoId, label }) => ({
        width: 1,
        height: 2,
        values: Float32Array.of(photoId, label),
      })),
      ...(modelFile.includes('model-2') ? { reason: 'its head is deep' } : {}),
    }),
  });
  const preprocessing = createPreprocessing({ cropFraction: 0.875 });
  const { handlers } = createEvaluationService({
    ...project,
    jobs: createFakeJobs(),
    dataset: createFakeDataset([createFakeVersion(versionPhotos('test', 1, 3))]),
    models: createFakeModelLibrary(project.folder, [
      createFakeModel({ preprocessing }),
      createFakeModel({ id: 'model-2' }),
    ]),
  });
  return (photos: { photoId: number; labels: number[] }[]) =>
    handlers['evaluation.explain']({ modelIds: ['model-1', 'model-2'], photos }, call);
}

it('asks each model about the class that is meant for it; photos that are gone have no map', async () => {
  const { models } = await open()([
    { photoId: 2, labels: [0, 1] },
    { photoId: 99, labels: [0, 0] },
  ]);
  expect(models).toMatchObject([
    { cropFraction: 0.875, reason: undefined },
    { cropFraction: 1, reason: 'its head is deep' },
  ]);
  const valuesOf = (model: number) => {
    const [map, gone] = models[model]?.maps ?? [];
    expect(gone).toBeUndefined();
    return [...unpackFloat32(map?.values ?? '')];
  };
  expect(valuesOf(0)).toEqual([2, 0]);
  expect(valuesOf(1)).toEqual([2, 1]);
});

it('refuses a label that the model does not have', async () => {
  await expect(open()([{ photoId: 1, labels: [7, 0] }])).rejects.toMatchObject({
    code: 'bad-request',
  });
});
