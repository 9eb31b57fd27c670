import type { CompanionPage } from '@shared/domain/companion-page';
import { describe, expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeDeployment } from '../../../../fakes/fake-deployment';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeStudio, type FakeStudio } from '../../../../fakes/fake-studio';

const page = (isConnected: boolean): CompanionPage => ({
  isOn: true,
  wifi: true,
  port: 4748,
  phones: [
    {
      id: 'browser:0011',
      name: 'Pixel 8',
      pairedAt: '2026-01-02T03:04:05.000Z',
      expiresAt: '2026-02-01T03:04:05.000Z',
      isConnected,
    },
  ],
});

function open() {
  const asked: { method: string; input: object }[] = [];
  const controller = new AbortController();
  const deployment = createFakeDeployment();
  const app: FakeStudio = createFakeStudio({
    handlers: {
      'companionPage.turnOn': (input) => {
        asked.push({ method: 'turnOn', input });
        return { ...page(false), wifi: input.wifi };
      },
      'companionPage.offer': () => {
        // The phone comes, goes, and comes back; then the person has seen enough.
        queueMicrotask(() => app.emit('companionPage.changed', page(true)));
        setTimeout(() => controller.abort(), 300);
        return {
          port: 4748,
          cableLink: 'http://localhost:4748/#pair=secret',
          wifiLinks: ['http://192.168.1.5:4748/#pair=secret'],
          expiresAt: '2026-01-02T03:14:05.000Z',
        };
      },
      'companionPage.openOnPhone': (input) => {
        asked.push({ method: 'openOnPhone', input });
        setTimeout(() => controller.abort(), 50);
        return {};
      },
      'deploy.push': (input) => {
        asked.push({ method: 'push', input });
        return { jobIds: ['job-1'] };
      },
      'deploy.pushes': () => ({ targets: [], deployments: [deployment], pushes: [] }),
      'jobs.list': () => ({
        jobs: [createFakeJob({ state: 'done', result: { deploymentId: deployment.id } })],
      }),
    },
  });
  const run = (...args: string[]) =>
    runFakeCli(app, ['phone-page', 'things', '--model', 'model-2', ...args], {
      signal: controller.signal,
    });
  return { run, asked };
}

describe('phone-page', () => {
  it('shows a code, and pushes to a phone once it has opened the page', async () => {
    const { run, asked } = open();
    const { code, stdout } = await run('--wifi', '--model', 'model-1');
    expect(code).toBe(0);
    expect(stdout).toContain('http://192.168.1.5:4748/#pair=secret');
    expect(stdout).toMatch(/[▀▄█]{20}/);
    expect(stdout.trimEnd()).toMatch(/Stopped\.$/);
    expect(asked).toEqual([
      { method: 'turnOn', input: { wifi: true } },
      {
        method: 'push',
        input: {
          modelIds: ['model-2', 'model-1'],
          deviceIds: ['browser:0011'],
          targetId: 'companion',
        },
      },
    ]);
  });

  it('opens on an Android phone instead, and stays on the cable', async () => {
    const { run, asked } = open();
    const { stdout } = await run('--open-on', 'android:0A1B');
    expect(stdout).toContain('Opened on the phone.');
    expect(stdout).not.toContain('#pair=');
    expect(asked).toEqual([
      { method: 'turnOn', input: { wifi: false } },
      { method: 'openOnPhone', input: { deviceId: 'android:0A1B' } },
    ]);
  });

  it('says everything as JSON, one a line', async () => {
    const { run } = open();
    const { stdout } = await run('--json');
    const [code, push] = stdout
      .split('\n')
      .map((line) => line.startsWith('{"') && JSON.parse(line));
    expect(code).toMatchObject({ port: 4748 });
    expect(push).toMatchObject({ deviceId: 'browser:0011', deployment: { state: 'checked' } });
  });
});
