import { AppError } from '@shared/api/errors';
import { companionTarget, type Deployment, type PushTarget } from '@shared/domain/deployment';
import { describe, expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeDeployment } from '../../../../fakes/fake-deployment';
import { adbTool, pixel } from '../../../../fakes/fake-phone';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeStudio } from '../../../../fakes/fake-studio';

const ownApp = (id: string, name = 'Flower app'): PushTarget => ({
  ...companionTarget,
  id,
  name,
  place: { kind: 'app', appId: 'com.example.flowers', folder: 'models' },
});

function studio(deployment: Deployment, phones = [pixel]) {
  const asked: object[] = [];
  const app = createFakeStudio({
    handlers: {
      'devices.list': () => ({ devices: phones, tools: [adbTool] }),
      'deploy.push': (input) => {
        asked.push(input);
        if (input.deviceIds[0] === 'android:FULL') {
          throw new AppError('no-space', 'The phone is full.', 'Free some space.');
        }
        return { jobIds: ['job-1'] };
      },
      'deploy.rollBack': (input) => {
        asked.push(input);
        return { jobId: 'job-1' };
      },
      'deploy.pushes': () => ({
        targets: [
          companionTarget,
          ownApp('target-1'),
          ownApp('target-7', 'Twin'),
          ownApp('target-8', 'Twin'),
        ],
        deployments: [deployment],
        pushes: [],
      }),
      'jobs.list': () => ({
        jobs: [createFakeJob({ state: 'done', result: { deploymentId: deployment.id } })],
      }),
    },
  });
  return { app, asked };
}

const wrong = createFakeDeployment({
  state: 'wrong',
  check: {
    at: '2026-03-01T10:00:02.000Z',
    photos: 6,
    bound: 0.05,
    outcomes: [
      {
        modelId: 'model-2',
        outcome: 'different',
        largestDifference: 0.8,
        sameAnswers: 1,
        mistakes: ['bgr'],
      },
    ],
  },
});

describe('push', () => {
  it('goes to the only phone, and says what it answered', async () => {
    const { app, asked } = studio(createFakeDeployment());
    const run = await runFakeCli(app, ['push', 'things', '--model', 'model-2']);
    expect(run.code).toBe(0);
    expect(asked).toEqual([
      { modelIds: ['model-2'], deviceIds: [pixel.id], targetId: 'companion' },
    ]);
    expect(run.stdout).toContain('Google Pixel 8: Lite0 int8 into Pocketlens companion — deployed');
    expect(run.stdout).toContain('largest difference 0.004 (bound 0.05), median 12.0 ms');
  });

  it('brings the app along when asked to', async () => {
    const { app, asked } = studio(createFakeDeployment());
    await runFakeCli(app, ['push', 'things', '--model', 'model-2', '--install-app']);
    expect(asked).toMatchObject([{ targetId: 'companion', installApp: true }]);
  });

  it('fails when the phone answers otherwise, and names the mistake', async () => {
    const { app } = studio(wrong);
    const run = await runFakeCli(app, ['push', '.', '--model', 'model-2', '--device', pixel.id]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('The app’s mistake: blue before red.');
  });

  it('to several phones tells of each, also when one fails', async () => {
    const { app } = studio(createFakeDeployment());
    const args = ['push', '.', '--model', 'model-2', '--model', 'model-1', '--json'];
    const run = await runFakeCli(app, [...args, '--device', pixel.id, '--device', 'android:FULL']);
    expect(run.code).toBe(1);
    expect(run.json()).toMatchObject({
      pushes: [
        { deviceId: pixel.id, deployment: { state: 'checked' } },
        { deviceId: 'android:FULL', error: { code: 'no-space', remedy: 'Free some space.' } },
      ],
    });
  });

  it.each(['target-1', 'Flower app', 'flower APP'])(
    'goes into an app of one’s own by its id or its name: %s',
    async (name) => {
      const { app, asked } = studio(createFakeDeployment());
      const run = await runFakeCli(app, ['push', '.', '--model', 'model-2', '--target', name]);
      expect(run.code).toBe(0);
      expect(asked).toMatchObject([{ targetId: 'target-1' }]);
    },
  );

  it.each([
    ['Flowers', 'It knows companion (Pocketlens companion), target-1 (Flower app)'],
    ['target-9', 'add yours on the Deploy page'],
    ['twin', 'Several are called twin: target-7 (Twin), target-8 (Twin)'],
  ])('into what is called %s goes nothing, and all there are is said', async (name, words) => {
    const { app, asked } = studio(createFakeDeployment());
    const run = await runFakeCli(app, ['push', '.', '--model', 'model-2', '--target', name]);
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining(words) });
    expect(asked).toEqual([]);
  });

  it('to what is no phone’s name says how one is named', async () => {
    const { app, asked } = studio(createFakeDeployment());
    const run = await runFakeCli(app, ['push', '.', '--model', 'model-2', '--device', 'pixel']);
    expect(run.stderr).toContain('A phone is named like android:0A1B2C');
    expect(run.code).toBe(1);
    expect(asked).toEqual([]);
  });

  const shy = { ...pixel, id: 'android:SHY', state: 'unauthorized' as const };

  it.each([
    ['the only one that is ready', [shy, pixel], pixel.id],
    ['the only one, so that it says what is in the way', [shy], shy.id],
  ])('goes to %s', async (_, phones, id) => {
    const { app, asked } = studio(createFakeDeployment(), phones);
    await runFakeCli(app, ['push', '.', '--model', 'model-2']);
    expect(asked).toMatchObject([{ deviceIds: [id] }]);
  });

  it.each([
    ['none', [], 'No phone is connected'],
    [
      'two',
      [pixel, { ...pixel, id: 'android:B' }],
      'There are 2 phones: android:PIXEL8 (Google Pixel 8, ready), android:B',
    ],
    ['two that are not ready', [shy, { ...shy, id: 'android:B' }], 'none is ready'],
  ])('asks which phone when there are %s', async (_, phones, words) => {
    const { app } = studio(createFakeDeployment(), phones);
    const run = await runFakeCli(app, ['push', '.', '--model', 'model-2']);
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining(words) });
  });
});

it('rollback brings back what was before', async () => {
  const { app, asked } = studio(createFakeDeployment({ restores: 'push-1' }));
  const run = await runFakeCli(app, ['rollback', '.', '--device', pixel.id, '--json']);
  expect(asked).toEqual([{ deviceId: pixel.id, targetId: 'companion' }]);
  expect(run.json()).toMatchObject({ state: 'checked', restores: 'push-1' });
  await runFakeCli(app, ['rollback', '.', '--target', 'Flower app']);
  expect(asked[1]).toEqual({ deviceId: pixel.id, targetId: 'target-1' });
});
