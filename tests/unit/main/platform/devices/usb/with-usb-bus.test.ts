import { type BusDevice, createUsbBus } from '@main/platform/devices/usb/usb-bus';
import { withUsbBus } from '@main/platform/devices/usb/with-usb-bus';
import type { Device } from '@shared/domain/device';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeHub } from '../../../../../fakes/fake-devices';

const pollMs = 1000;
const galaxy: BusDevice = {
  vendorId: 0x04e8,
  productId: 0x6860,
  serial: 'R58M123',
  productName: 'Galaxy S24',
  interfaceClasses: [6],
};
const seen: Device = {
  id: 'android:R58M123',
  platform: 'android',
  state: 'unauthorized',
  name: 'Galaxy S24',
  connection: 'usb',
};

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function open(plugged: BusDevice[] = []) {
  const hub = createFakeHub();
  const bus = {
    list: async () => plugged,
    tool: async () => ({ name: 'usb', state: 'ready' }) as const,
  };
  const both = withUsbBus(hub, bus, pollMs);
  const told: string[][] = [];
  return {
    hub,
    both,
    told,
    plugged,
    watch: () =>
      stops.push(
        both.watch((devices) => told.push(devices.map(({ id, state }) => `${id} ${state}`))),
      ),
  };
}

describe('a hub with the bus', () => {
  it('tells of a phone that no tool sees, once it has stayed so', async () => {
    const { told, plugged, watch } = open();
    watch();
    expect(told).toEqual([[]]);
    plugged.push(galaxy);
    await vi.advanceTimersByTimeAsync(pollMs);
    expect(told).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(pollMs);
    expect(told.at(-1)).toEqual(['usb:04e8:6860:R58M123 debugging-off']);
    await vi.advanceTimersByTimeAsync(5 * pollMs);
    expect(told).toHaveLength(2);
  });

  it('gives way to the tool that sees it, and forgets what was pulled out', async () => {
    const { hub, told, plugged, watch } = open([galaxy]);
    watch();
    await vi.advanceTimersByTimeAsync(2 * pollMs);
    hub.plugIn([seen]);
    expect(told.at(-1)).toEqual(['android:R58M123 unauthorized']);
    plugged.length = 0;
    hub.plugIn([]);
    await vi.advanceTimersByTimeAsync(pollMs);
    expect(told.at(-1)).toEqual([]);
  });

  it('looks no more when nobody watches', async () => {
    const { told, plugged, watch } = open();
    watch();
    stops.splice(0).forEach((stop) => stop());
    plugged.push(galaxy);
    await vi.advanceTimersByTimeAsync(3 * pollMs);
    expect(told).toHaveLength(1);
  });

  it('lists it at once, and says whether the bus can be read', async () => {
    const { both } = open([galaxy]);
    expect(await both.list()).toMatchObject([{ state: 'debugging-off', maker: 'Samsung' }]);
    expect((await both.tools()).map(({ name }) => name)).toEqual(['adb', 'usb']);
  });

  it('says what to do about a phone that only it knows of, instead of that there is none', async () => {
    const { both, plugged } = open([galaxy]);
    await both.list();
    expect(() => both.transport('usb:04e8:6860:R58M123')).toThrow(
      expect.objectContaining({
        code: 'device-refused',
        message: expect.stringContaining('Galaxy S24: A phone is plugged in, but USB debugging'),
        remedy: expect.stringContaining('Software information'),
      }),
    );
    plugged.length = 0;
    await both.list();
    expect(() => both.transport('usb:04e8:6860:R58M123')).toThrow(
      expect.objectContaining({ code: 'device-gone' }),
    );
    expect(() => both.transport('android:X')).toThrow('can’t be reached');
  });

  it('is the hub as it was where the bus can’t be read', async () => {
    const hub = createFakeHub([seen]);
    const both = withUsbBus(
      hub,
      createUsbBus(() => {
        throw new Error('Cannot find module usb');
      }),
    );
    expect(await both.list()).toEqual([seen]);
    const [, usb] = await both.tools();
    expect(usb).toMatchObject({ state: 'missing', problem: expect.stringContaining('“usb”') });
  });
});

describe('createUsbBus', () => {
  it('reads what the package tells, whatever it leaves out', async () => {
    const bus = createUsbBus(() => ({
      usb: {
        getDevices: async () => [
          { vendorId: 1, productId: 2 },
          {
            vendorId: 3,
            productId: 4,
            serialNumber: 'S',
            productName: 'P',
            configurations: [{ interfaces: [{ alternates: [{ interfaceClass: 6 }] }] }],
          },
        ],
      },
    }));
    expect(await bus.list()).toEqual([
      { vendorId: 1, productId: 2, serial: '', productName: '', interfaceClasses: [] },
      { vendorId: 3, productId: 4, serial: 'S', productName: 'P', interfaceClasses: [6] },
    ]);
    expect(await bus.tool()).toEqual({ name: 'usb', state: 'ready' });
  });

  it('says that the bus can’t be listed', async () => {
    const bus = createUsbBus(() => ({
      usb: { getDevices: () => Promise.reject(new Error('/sys/bus/usb/devices not found')) },
    }));
    expect(await bus.tool()).toMatchObject({ state: 'failed' });
  });
});
