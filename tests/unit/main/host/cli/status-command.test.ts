import { companionTarget } from '@shared/domain/deployment';
import { describe, expect, it } from 'vitest';
import { summary } from '../../../../fakes/cli-studio';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeDeployment } from '../../../../fakes/fake-deployment';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeStudio } from '../../../../fakes/fake-studio';

const flowers = {
  ...companionTarget,
  id: 'target-1',
  name: 'Flower app',
};
/** The newest first: two pushes into our app on a Pixel, one into another one there, one to an iPhone. */
const deployments = [
  createFakeDeployment({ id: 'push-4', at: '2026-03-04T10:00:00.000Z', state: 'wrong' }),
  createFakeDeployment({ id: 'push-3', deviceId: 'ios:1', deviceName: 'Ada’s iPhone' }),
  createFakeDeployment({ id: 'push-2', target: flowers, state: 'copied', by: 'bob' }),
  createFakeDeployment({ id: 'push-1' }),
];

const studio = (pushed = deployments) =>
  createFakeStudio({
    handlers: {
      'projects.current': () => ({
        project: {
          name: 'Things',
          folder: '/things',
          createdAt: '2026-01-01T00:00:00.000Z',
          generated: false,
        },
      }),
      'dataset.summary': summary,
      'models.list': () => ({ models: [createFakeModel()] }),
      'evaluation.comparisons': () => ({ comparisons: [] }),
      'jobs.list': () => ({ jobs: [] }),
      'training.readiness': () => ({
        ready: true,
        problems: [],
        counts: { train: 2, validation: 0, test: 0 },
        features: { done: 2, total: 2 },
        engine: { name: 'tfjs' },
      }),
      'deploy.pushes': () => ({ targets: [companionTarget], deployments: pushed, pushes: [] }),
    },
  });

describe('status', () => {
  it('tells what each phone runs in each app, since when and by whom', async () => {
    const { stdout, code } = await runFakeCli(studio(), ['status', '.']);
    expect(code).toBe(0);
    expect(stdout).toContain('3 photos: 2 labeled, 1 unlabeled');
    expect(stdout.split('\n').filter((line) => line.includes(' runs '))).toEqual([
      'Google Pixel 8 runs Lite0 int8 in Pocketlens companion (companion), since 2026-03-04 10:00 by ada: answers otherwise than this computer',
      'Google Pixel 8 runs Lite0 int8 in Flower app (target-1), since 2026-03-01 10:00 by bob: not checked by the phone',
      'Ada’s iPhone runs Lite0 int8 in Pocketlens companion (companion), since 2026-03-01 10:00 by ada: answers as this computer does',
    ]);
    const { json } = await runFakeCli(studio(), ['status', '.', '--json']);
    expect(json()).toMatchObject({
      phones: [{ id: 'push-4' }, { id: 'push-2' }, { id: 'push-3' }],
    });
  });

  it('says nothing of phones that got nothing', async () => {
    const { stdout } = await runFakeCli(studio([]), ['status', '.']);
    expect(stdout).toContain('model-1');
    expect(stdout).not.toContain('runs');
  });
});
