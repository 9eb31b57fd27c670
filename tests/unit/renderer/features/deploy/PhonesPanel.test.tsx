import { PhonesPanel } from '@renderer/features/deploy/phones/PhonesPanel';
import type { MethodOutput } from '@shared/api/contract';
import { companionTarget } from '@shared/domain/deployment';
import type { Device, DeviceTool } from '@shared/domain/device';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createFakeDeployment } from '../../../../fakes/fake-deployment';
import { adbTool, pixel } from '../../../../fakes/fake-phone';
import { fakePair } from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { fakeJob, openStudioWithModels } from '../../fakes/studio-with-models';

const [int8] = fakePair;
const shy: Device = { ...pixel, id: 'android:SHY', name: 'Shy phone', state: 'unauthorized' };
const galaxy: Device = { ...pixel, id: 'android:GALAXY', name: 'Galaxy S24' };

async function open(
  devices: Device[],
  {
    pushes = {},
    tools = [adbTool],
  }: { pushes?: Partial<MethodOutput<'deploy.pushes'>>; tools?: DeviceTool[] } = {},
) {
  const test = await openStudioWithModels({ models: fakePair });
  Object.assign(test.program.phones, { devices, tools });
  Object.assign(test.program.phones.pushes, pushes);
  const pushed: object[] = [];
  test.program.handlers['deploy.push'] = (input) => {
    pushed.push(input);
    return { jobIds: ['job-9'] };
  };
  test.program.handlers['deploy.rollBack'] = (input) => {
    pushed.push(input);
    return { jobId: 'job-9' };
  };
  test.program.handlers['deploy.saveTarget'] = (input) => {
    pushed.push(input);
    return { target: { ...input, id: 'target-1' } };
  };
  await test.studio.stores.phones.getState().refresh();
  renderInStudio(test.studio, <PhonesPanel model={int8!} />);
  return { ...test, pushed };
}

const card = (name: string) => screen.findByRole('listitem', { name });

describe('a phone', () => {
  it('that is ready has one button, which pushes the model', async () => {
    const { pushed } = await open([pixel]);
    fireEvent.click(within(await card('Google Pixel 8')).getByRole('button', { name: 'Push' }));
    await waitFor(() =>
      expect(pushed).toEqual([
        { modelIds: ['model-2'], deviceIds: [pixel.id], targetId: 'companion' },
      ]),
    );
  });

  it('gets the app and the model by another', async () => {
    const { pushed } = await open([pixel]);
    const button = { name: 'Install app and push' };
    fireEvent.click(within(await card('Google Pixel 8')).getByRole('button', button));
    await waitFor(() =>
      expect(pushed).toEqual([
        {
          modelIds: ['model-2'],
          deviceIds: [pixel.id],
          targetId: 'companion',
          installApp: true,
        },
      ]),
    );
  });

  it('that takes no app from here has no button for it', async () => {
    await open([{ ...pixel, id: 'ios:1', platform: 'ios', name: 'iPhone' }]);
    const there = within(await card('iPhone'));
    expect(there.getByRole('button', { name: 'Push' })).toBeTruthy();
    expect(there.queryByRole('button', { name: 'Install app and push' })).toBeNull();
  });

  it('takes the float model along when asked to', async () => {
    const { pushed } = await open([pixel]);
    fireEvent.click(await screen.findByRole('checkbox', { name: /float model/ }));
    fireEvent.click(screen.getByRole('button', { name: 'Push' }));
    await waitFor(() => expect(pushed[0]).toMatchObject({ modelIds: ['model-2', 'model-1'] }));
  });

  it('that asks has no button, but says what to do, and gets one once it allows', async () => {
    const { program } = await open([shy]);
    const there = within(await card('Shy phone'));
    expect(there.getByText(/asks whether this computer may use it/)).toBeTruthy();
    expect(there.queryByRole('button', { name: 'Push' })).toBeNull();
    program.emit('devices.changed', { devices: [{ ...shy, state: 'ready' }], tools: [adbTool] });
    await there.findByRole('button', { name: 'Push' });
  });

  it('that got a model before stays known when it is away', async () => {
    await open([], { pushes: { deployments: [createFakeDeployment()] } });
    const there = within(await card('Google Pixel 8'));
    expect(there.getByText('Not connected')).toBeTruthy();
    expect(there.getByText(/Runs Lite0 int8 in Pocketlens companion/)).toBeTruthy();
  });

  it('shows a push while it runs and why it failed', async () => {
    const { program } = await open([pixel], {
      pushes: {
        pushes: [
          { jobId: 'job-9', deviceId: pixel.id, targetId: 'companion', modelIds: ['model-2'] },
        ],
      },
    });
    const job = fakeJob({
      id: 'job-9',
      kind: 'push',
      title: 'Pushing',
      state: 'running',
      step: 'Sending · 30.0 MB/s',
      done: 1_000_000,
      total: 4_000_000,
    });
    program.emit('jobs.changed', { job });
    const there = within(await card('Google Pixel 8'));
    await there.findByText(/30.0 MB\/s/);
    expect(there.getByText(/^\S+ [KM]i?B of \S+ [KM]i?B$/)).toBeTruthy();
    expect(there.getByRole<HTMLButtonElement>('button', { name: 'Push' }).disabled).toBe(true);
    program.emit('jobs.changed', {
      job: {
        ...job,
        state: 'failed',
        resumable: true,
        error: { code: 'device-gone', message: 'It broke.', remedy: 'Plug it in again.' },
      },
    });
    await there.findByText('It broke. Plug it in again.');
  });
});

describe('what a phone answered', () => {
  it('as on this computer is said with its figures', async () => {
    await open([pixel], { pushes: { deployments: [createFakeDeployment()] } });
    expect(
      await screen.findByText(/6 golden photos are answered as on this computer/),
    ).toBeTruthy();
    expect(
      screen.getByText(/largest difference of a probability 0.004, allowed 0.05/),
    ).toBeTruthy();
  });

  it('otherwise names the mistake', async () => {
    const wrong = createFakeDeployment({ state: 'wrong' });
    wrong.check!.outcomes = [
      {
        modelId: 'model-2',
        outcome: 'different',
        largestDifference: 0.9,
        sameAnswers: 1,
        mistakes: ['bgr'],
      },
    ];
    await open([pixel], { pushes: { deployments: [wrong] } });
    expect(await screen.findByText('The app makes this mistake: Blue before red.')).toBeTruthy();
    expect(screen.getByText(/1 of 6 golden photos/)).toBeTruthy();
  });

  it('can be rolled back when there was something before', async () => {
    const before = createFakeDeployment();
    const now = createFakeDeployment({
      id: 'push-2',
      models: [{ ...before.models[0]!, name: 'Newer', sha256: 'c'.repeat(64) }],
    });
    const { pushed } = await open([pixel], { pushes: { deployments: [now, before] } });
    fireEvent.click(await screen.findByRole('button', { name: 'Roll back' }));
    await waitFor(() => expect(pushed).toEqual([{ deviceId: pixel.id, targetId: 'companion' }]));
  });
});

it('several phones that are ready get a model at once', async () => {
  const { pushed } = await open([pixel, galaxy, shy]);
  fireEvent.click(await screen.findByRole('button', { name: 'Push to all 2' }));
  await waitFor(() => expect(pushed[0]).toMatchObject({ deviceIds: [pixel.id, galaxy.id] }));
});

it('without adb says what to install, and without a phone what to plug in', async () => {
  const missing: DeviceTool = {
    name: 'adb',
    state: 'missing',
    problem: 'adb is not installed.',
    remedy: 'Install it.',
  };
  await open([], { tools: [missing] });
  expect(await screen.findByText('adb is not installed. Install it.')).toBeTruthy();
  expect(screen.getByText(/No phone is connected/)).toBeTruthy();
});

it('an own app is remembered and chosen', async () => {
  const { pushed } = await open([pixel], { pushes: { targets: [companionTarget] } });
  fireEvent.click(await screen.findByRole('combobox', { name: 'Into' }));
  fireEvent.click(await screen.findByText('Other app or folder…'));
  const dialog = within(await screen.findByRole('dialog'));
  const type = (label: RegExp, value: string) =>
    fireEvent.change(dialog.getByLabelText(label), { target: { value } });
  type(/^Name \*?$|^Name$/, 'My app');
  type(/Package name/, 'com.example.flowers');
  fireEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(pushed[0]).toMatchObject({
      name: 'My app',
      place: { kind: 'app', appId: 'com.example.flowers', folder: 'models' },
      speaksProtocol: false,
    }),
  );
});
