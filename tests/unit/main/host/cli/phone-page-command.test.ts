import type { CompanionPage } from '@shared/domain/companion-page';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeDeployment } from '../../../../fakes/fake-deployment';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeStudio, type FakeStudio } from '../../../../fakes/fake-studio';

const certificate = {
  sha256: 'AA:BB',
  rootSha256: 'CC:DD',
  names: ['192.168.1.5'],
  validFrom: '2026-01-01T00:00:00.000Z',
  expiresAt: '2027-01-31T00:00:00.000Z',
};
const hashOf = (id: string) => id.slice(-1).repeat(64);

const page = (isConnected: boolean, models: string[] = []): CompanionPage => ({
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
      models: models.map(hashOf),
    },
  ],
});

/** @param visits what the phone has each time that it opens the page; it closes it in between. */
function open(visits: string[][] = [[]]) {
  const asked: { method: string; input: object }[] = [];
  const controller = new AbortController();
  const deployment = createFakeDeployment();
  const app: FakeStudio = createFakeStudio({
    handlers: {
      'companionPage.turnOn': (input) => {
        asked.push({ method: 'turnOn', input });
        return { ...page(false), wifi: input.wifi };
      },
      'companionPage.state': () => ({
        ...page(false),
        ...(isEncrypted() ? { https: { port: 4749, certificate } } : {}),
      }),
      'models.list': () => ({
        models: ['model-1', 'model-2'].map((id) => createFakeModel({ id, sha256: hashOf(id) })),
      }),
      'companionPage.offer': () => {
        queueMicrotask(() => void visit().then(() => controller.abort()));
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
  const isEncrypted = () =>
    asked.some(({ method, input }) => method === 'turnOn' && 'https' in input && input.https);
  async function visit(): Promise<void> {
    for (const models of visits) {
      app.emit('companionPage.changed', page(true, models));
      await pause(300);
      app.emit('companionPage.changed', page(false, models));
    }
  }
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
      { method: 'turnOn', input: { wifi: true, https: false } },
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

  it('pushes again only to a phone that has other models, or others to run first', async () => {
    const { run, asked } = open([[], ['model-2', 'model-1'], ['model-1', 'model-2'], ['model-2']]);
    const { stdout } = await run('--model', 'model-1');
    expect(asked.filter(({ method }) => method === 'push')).toHaveLength(3);
    expect(stdout.match(/Pixel 8 has it already: nothing is pushed\./g)).toHaveLength(1);
  });

  it('says by what an encrypted page is known, and that the network reaches it', async () => {
    const { run, asked } = open();
    const { stdout } = await run('--https');
    expect(asked[0]).toEqual({ method: 'turnOn', input: { wifi: true, https: true } });
    expect(stdout).toMatch(/certificate, SHA-256 {2}AA:BB\n.*root, SHA-256 {5}CC:DD/);
    const { stdout: json } = await open().run('--https', '--json');
    expect(JSON.parse(json.split('\n')[0] ?? '')).toMatchObject({
      certificate: { sha256: 'AA:BB' },
    });
  });

  it('opens on an Android phone instead, and stays on the cable', async () => {
    const { run, asked } = open();
    const { stdout } = await run('--open-on', 'android:0A1B');
    expect(stdout).toContain('Opened on the phone.');
    expect(stdout).not.toContain('#pair=');
    expect(asked).toEqual([
      { method: 'turnOn', input: { wifi: false, https: false } },
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
