import { createDevicesService } from '@main/services/devices/devices-service';
import type { EventPayload } from '@shared/api/contract';
import { expect, it, vi } from 'vitest';
import { createFakeHub } from '../../../../fakes/fake-devices';
import { adbTool, pixel } from '../../../../fakes/fake-phone';
import { createFakeLogger } from '../../../../fakes/fake-logger';

function start() {
  const hub = createFakeHub([pixel]);
  const told: EventPayload<'devices.changed'>[] = [];
  const service = createDevicesService({
    hub,
    emit: (name, payload) => {
      if (name === 'devices.changed') told.push(payload as EventPayload<'devices.changed'>);
    },
    log: createFakeLogger(),
  });
  const list = (watch: boolean) =>
    service.handlers['devices.list']({ watch }, { signal: new AbortController().signal });
  return { hub, told, service, list };
}

it('tells of no change to those who did not ask for it', async () => {
  const { hub, told, list } = start();
  expect(await list(false)).toEqual({ devices: [pixel], tools: [adbTool] });
  hub.plugIn([]);
  await Promise.resolve();
  expect(told).toEqual([]);
});

it('tells of every change once somebody watches, once each, and of none after its end', async () => {
  const { hub, told, service, list } = start();
  await list(true);
  await list(true);
  await vi.waitFor(() => expect(told).toHaveLength(1));
  hub.plugIn([{ ...pixel, state: 'offline' }]);
  await vi.waitFor(() => expect(told).toHaveLength(2));
  expect(told[1]?.devices[0]?.state).toBe('offline');
  await service.dispose();
  hub.plugIn([]);
  await Promise.resolve();
  expect(told).toHaveLength(2);
});
