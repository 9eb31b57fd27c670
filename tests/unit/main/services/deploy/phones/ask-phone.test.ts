import type { DeviceFolder } from '@main/platform/devices/device-transport';
import { awaitResult } from '@main/services/deploy/phones/ask-phone';
import { companionProtocol, type CompanionStatus } from '@shared/domain/companion-protocol';
import { describe, expect, it } from 'vitest';

const [old, pushed] = ['a'.repeat(64), 'b'.repeat(64)];
const at = '2026-01-01T00:00:00.000Z';

const result = { protocol: companionProtocol, id: 'push-1', at, runs: [] };
const statusOf = (changes: Partial<CompanionStatus>): CompanionStatus => ({
  protocol: companionProtocol,
  at,
  app: { name: 'Reference companion', version: '1.0' },
  state: 'idle',
  ...changes,
});

/** Waits on a folder with an answer in it, and with these statuses, one a look; the last one stays. */
function wait(statuses: CompanionStatus[], { isPush = true } = {}) {
  let looks = 0;
  const controller = new AbortController();
  const folder: Pick<DeviceFolder, 'read'> = {
    async read(name) {
      if (name !== 'status.json') return Buffer.from(JSON.stringify(result));
      return Buffer.from(JSON.stringify(statuses[Math.min(looks++, statuses.length - 1)]));
    },
  };
  const found = awaitResult(folder as DeviceFolder, 'push-1', {
    signal: controller.signal,
    patienceMs: 400,
    oldStatus: statusOf({ running: old }),
    ...(isPush ? { pushed: [pushed] } : {}),
  });
  return { found, controller, looks: () => looks };
}

describe('answers of a phone', () => {
  it('that came before the app took the manifest count once it runs what was pushed', async () => {
    const { found, looks } = wait([statusOf({ running: old }), statusOf({ running: pushed })]);
    await expect(found).resolves.toMatchObject({ id: 'push-1' });
    expect(looks()).toBe(2);
  });

  it('are taken as they come from an app that does not tell what it runs', async () => {
    await expect(wait([statusOf({})]).found).resolves.toMatchObject({ id: 'push-1' });
  });

  it('are taken as they come where nothing was pushed', async () => {
    const { found, looks } = wait([statusOf({ running: old })], { isPush: false });
    await expect(found).resolves.toMatchObject({ id: 'push-1' });
    expect(looks()).toBe(0);
  });

  it('are for nothing where the app goes on with another model, or refuses the new one', async () => {
    await expect(wait([statusOf({ running: old })]).found).rejects.toMatchObject({
      code: 'device-refused',
      message: expect.stringContaining('still runs another model'),
    });
    const refused = statusOf({
      running: old,
      state: 'failed',
      problem: 'Other bytes.',
      at: '2026-01-02T00:00:00.000Z',
    });
    await expect(wait([refused]).found).rejects.toMatchObject({
      message: expect.stringContaining('Other bytes.'),
    });
  });

  it('are not waited for after a cancel', async () => {
    const { found, controller } = wait([statusOf({ running: old })]);
    controller.abort();
    await expect(found).rejects.toMatchObject({ code: 'cancelled' });
  });
});
