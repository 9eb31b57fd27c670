import type { DeviceTransport } from '@main/platform/devices/device-transport';
import { launchApp } from '@main/services/deploy/phones/launch-app';
import { AppError } from '@shared/api/errors';
import { companionTarget, type PushTarget } from '@shared/domain/deployment';
import { describe, expect, it } from 'vitest';

async function launch(
  transport: Pick<DeviceTransport, 'launch'>,
  target: PushTarget = companionTarget,
) {
  const log: string[] = [];
  const steps: (string | undefined)[] = [];
  const job = {
    id: 'job-1',
    signal: new AbortController().signal,
    log: (sentence: string) => void log.push(sentence),
    progress: ({ step }: { step?: string | undefined }) => void steps.push(step),
  };
  await launchApp(transport as DeviceTransport, 'android:SIM', target, job);
  return { log, steps };
}

describe('the target app', () => {
  it('is brought to the front', async () => {
    const started: string[] = [];
    const said = await launch({ launch: async (_, appId) => void started.push(appId) });
    expect(started).toEqual(['studio.pocketlens.companion']);
    expect(said).toEqual({ log: [], steps: [] });
  });

  it('that does not start is opened by a person: the push goes on, and says why', async () => {
    const { log } = await launch({
      launch: () => Promise.reject(new AppError('device-refused', 'The phone did not do it.')),
    });
    expect(log).toEqual([
      'The app could not be opened from here: The phone did not do it. Open it on the phone.',
    ]);
  });

  it('is opened by a person where a phone can’t be told to', async () => {
    expect((await launch({})).steps).toEqual(['Open the app on the phone']);
    const folder: PushTarget = {
      ...companionTarget,
      id: 'target-1',
      place: { kind: 'folder', path: '/sdcard/Download' },
    };
    const { steps } = await launch({ launch: () => Promise.reject(new Error('never')) }, folder);
    expect(steps).toEqual(['Open the app on the phone']);
  });
});
