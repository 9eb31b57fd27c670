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
    toolsMs: 20,
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

const context = { signal: new AbortController().signal };

it('reaches phones over Wi-Fi, by address alone or with a pairing code', async () => {
  const { hub, service } = start();
  const address = '192.168.1.5:37099';
  await service.handlers['devices.connect']({ address }, context);
  expect(await service.handlers['devices.pair']({ address, code: '123456' }, context)).toEqual({});
  expect(hub.connected).toEqual([address, `${address} by 123456`]);
  const { phones } = await service.handlers['devices.waiting']({}, context);
  expect(phones).toEqual([{ name: 'adb-SIM', address }]);
});

it('an adb that is chosen is told at once, and by whichever program it was chosen', async () => {
  const { hub, told, service, list } = start();
  await list(true);
  await vi.waitFor(() => expect(told).toHaveLength(1));
  const path = '/opt/adb';
  const { tool } = await service.handlers['devices.chooseAdb']({ path }, context);
  expect(tool).toEqual({ ...adbTool, location: path, origin: 'setting' });
  expect(told.at(-1)).toEqual({ devices: [pixel], tools: [tool] });
  // By another program, which shares the setting.
  await hub.adb.choose(undefined);
  await vi.waitFor(() => expect(told.at(-1)?.tools).toEqual([adbTool]));
  await service.dispose();
});
