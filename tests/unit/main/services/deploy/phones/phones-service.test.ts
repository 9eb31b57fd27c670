import { createDeploymentRepository } from '@main/services/deploy/phones/deployment-repository';
import { createErrands } from '@main/services/deploy/phones/errands';
import { createPhonesService } from '@main/services/deploy/phones/phones-service';
import type { PushTarget } from '@shared/domain/deployment';
import type { Model } from '@shared/domain/model';
import { describe, expect, it } from 'vitest';
import { createFakeDataset } from '../../../../../fakes/fake-dataset';
import { createFakeDeployment } from '../../../../../fakes/fake-deployment';
import { createFakeHub } from '../../../../../fakes/fake-devices';
import { createFakeJobs } from '../../../../../fakes/fake-jobs';
import { createFakeModel, createPreprocessing } from '../../../../../fakes/fake-model';
import { createFakeModelLibrary } from '../../../../../fakes/fake-model-library';
import { pixel } from '../../../../../fakes/fake-phone';
import { createFakeProject } from '../../../../../fakes/fake-project';

const context = { signal: new AbortController().signal };
const float = createFakeModel({ id: 'model-1', name: 'Float', sha256: 'a'.repeat(64) });
const int8 = createFakeModel({
  id: 'model-2',
  name: 'Small',
  precision: 'int8',
  sha256: 'b'.repeat(64),
});
const other = createFakeModel({ id: 'model-3', name: 'Other', sha256: 'c'.repeat(64) });
const ofBirds = createFakeModel({
  id: 'model-4',
  name: 'Birds',
  precision: 'float16',
  preprocessing: createPreprocessing({ labels: ['wren', 'robin'] }),
});

function open(records: Model[] = [float, int8, other, ofBirds]) {
  const project = createFakeProject({});
  const jobs = createFakeJobs();
  const { handlers } = createPhonesService({
    context: project.context,
    jobs,
    dataset: createFakeDataset([]),
    models: createFakeModelLibrary(project.folder, records),
    hub: createFakeHub([pixel]),
    errands: createErrands(jobs),
  });
  const deployments = createDeploymentRepository(project.context.database);
  async function push(modelIds: string[], changes: Partial<PushTarget> = {}) {
    const { target } = await handlers['deploy.saveTarget'](
      {
        name: 'Downloads',
        place: { kind: 'folder', path: '/sdcard/Download/models' },
        speaksProtocol: false,
        modelFile: 'model-{precision}.tflite',
        ...changes,
        id: undefined,
      },
      context,
    );
    return handlers['deploy.push'](
      { modelIds, deviceIds: [pixel.id], targetId: target.id },
      context,
    );
  }
  return { handlers, jobs, deployments, push };
}

describe('models that go to a plain folder together', () => {
  it.each([
    ['of one precision', ['model-1', 'model-3'], {}, 'Float and Other'],
    [
      'whose name has no precision',
      ['model-1', 'model-2'],
      { modelFile: 'model.tflite' },
      'model.tflite in Downloads',
    ],
    [
      'called as the labels are, but for large letters',
      ['model-1'],
      { modelFile: 'Labels.txt', labelsFile: 'labels.txt' },
      'The labels and Float',
    ],
    [
      'with other labels, and one file for them',
      ['model-1', 'model-4'],
      { labelsFile: 'labels.txt' },
      'Float and Birds know different labels',
    ],
  ])('%s are refused before anything is sent', async (_, ids, target, words) => {
    const { push, jobs } = open();
    await expect(push(ids, target)).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining(words),
      remedy: expect.stringContaining('Push one'),
    });
    expect(jobs.started).toEqual([]);
  });

  it('of two precisions go, and with the protocol any do', async () => {
    const { push, jobs } = open();
    await push(['model-1', 'model-2'], { labelsFile: 'labels.txt' });
    expect(jobs.started).toHaveLength(1);
    const speaking = open();
    await speaking.push(['model-1', 'model-3'], {
      place: { kind: 'app', appId: 'com.example.app', folder: 'models' },
      speaksProtocol: true,
    });
    expect(speaking.jobs.started).toHaveLength(1);
  });
});

describe('going back', () => {
  const before = createFakeDeployment();
  const now = createFakeDeployment({
    models: [
      {
        modelId: 'model-1',
        name: 'Float',
        precision: 'float32',
        sha256: float.sha256,
        bytes: 4000,
      },
    ],
  });
  const back = { deviceId: pixel.id, targetId: 'companion' };

  it('brings what was there before, by its name of today', async () => {
    const { handlers, deployments, jobs } = open();
    for (const { id: _, ...deployment } of [before, now]) deployments.add(deployment);
    await handlers['deploy.rollBack'](back, context);
    expect(jobs.last()).toMatchObject({
      title: 'Rolling Google Pixel 8 back to Small',
      parameters: { modelIds: ['model-2'], restores: 'push-1' },
    });
  });

  it('to a model that was removed meanwhile says which one', () => {
    const { handlers, deployments, jobs } = open([float]);
    for (const { id: _, ...deployment } of [before, now]) deployments.add(deployment);
    expect(() => handlers['deploy.rollBack'](back, context)).toThrow(
      expect.objectContaining({
        code: 'not-found',
        message: expect.stringContaining('can’t go back to Lite0 int8'),
        remedy: 'Push another model.',
      }),
    );
    expect(jobs.started).toEqual([]);
  });
});
